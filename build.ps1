<#
.SYNOPSIS
    Builds, tests and packages PSLabNet.
.DESCRIPTION
    Runs in Windows PowerShell 5.1 and PowerShell 7 and needs nothing but the .NET SDK. Test also runs the Pester suite
    where Pester 5 or later is installed, and says so where it is not.
.EXAMPLE
    ./build.ps1
    Builds; Import-Module ./PSLabNet.psd1 works afterwards.
.EXAMPLE
    ./build.ps1 -Task Help
    Turns the pages of docs/en-US into the help files of en-US, which are in the repository.
.EXAMPLE
    ./build.ps1 -Task Package -Configuration Release
    Lays out out/PSLabNet/<version> and a nupkg.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Help', 'Test', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$version = (Import-PowerShellDataFile -Path (Join-Path $root 'PSLabNet.psd1')).ModuleVersion

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE."
    }
}

function Invoke-BuildTask {
    Invoke-DotNet build (Join-Path $root 'PSLabNet.sln') --configuration $Configuration
}

function Invoke-HelpTask {
    & (Join-Path $root 'tools/Build-Help.ps1')
}

function Copy-Help {
    # As it is in the repository; where platyPS is installed, what that makes of the same pages.
    param([string] $Destination)
    Copy-Item (Join-Path $root 'en-US') $Destination -Recurse
    if (Get-Module -ListAvailable -Name platyPS) {
        Import-Module platyPS
        $pages = Get-ChildItem (Join-Path $root 'docs/en-US') -Filter '*-*.md'
        $null = New-ExternalHelp -Path $pages.FullName -OutputPath (Join-Path $Destination 'en-US') -Force
    }
}

function Invoke-TestTask {
    Invoke-DotNet test (Join-Path $root 'PSLabNet.sln') --configuration $Configuration
    $pester = Get-Module -ListAvailable -Name Pester | Where-Object { $_.Version -ge [version] '5.0' } | Select-Object -First 1
    if (-not $pester) {
        Write-Warning 'Pester 5 or later is not installed: the Pester suite was not run. Install-Module Pester -MinimumVersion 5.0 brings it.'
        return
    }

    # A process of its own: the module is loaded there and frees its files afterwards.
    $shell = (Get-Process -Id $PID).Path
    & $shell -NoProfile -NonInteractive -File (Join-Path $root 'tests/Pester/Invoke-PesterSuite.ps1')
    if ($LASTEXITCODE -ne 0) {
        throw "The Pester suite failed with exit code $LASTEXITCODE."
    }
}

function Invoke-PackageTask {
    Invoke-BuildTask
    $module = Join-Path $root "out/PSLabNet/$version"
    if (Test-Path $module) {
        Remove-Item $module -Recurse -Force
    }

    $null = New-Item -ItemType Directory -Path (Join-Path $module 'bin') -Force
    foreach ($file in 'PSLabNet.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md') {
        Copy-Item (Join-Path $root $file) $module
    }

    foreach ($file in 'PSLabNet.dll', 'PSLabNet.Core.dll', 'PSLabNet.Simulation.dll',
        'PSLabNet.pdb', 'PSLabNet.Core.pdb', 'PSLabNet.Simulation.pdb',
        'PSLabNet.Format.ps1xml', 'PSLabNet.Types.ps1xml') {
        Copy-Item (Join-Path $root "bin/$file") (Join-Path $module 'bin')
    }

    Copy-Help $module
    $null = Test-ModuleManifest (Join-Path $module 'PSLabNet.psd1')
    Invoke-DotNet pack (Join-Path $root 'src/PSLabNet/PSLabNet.csproj') --no-build --configuration $Configuration --output (Join-Path $root 'out') `
        "-p:NuspecFile=PSLabNet.nuspec" "-p:NuspecBasePath=$module" "-p:NuspecProperties=version=$version" '-p:NoPackageAnalysis=true'
    Write-Output "Module: $module"
    Write-Output "Package: $(Join-Path $root "out/PSLabNet.$version.nupkg")"
}

function Invoke-CleanTask {
    $built = @('bin', 'out') + @(Get-ChildItem -Path (Join-Path $root 'src'), (Join-Path $root 'tests'), (Join-Path $root 'samples') -Directory |
            ForEach-Object { Join-Path $_.FullName 'bin'; Join-Path $_.FullName 'obj' })
    foreach ($folder in $built) {
        $path = if ([System.IO.Path]::IsPathRooted($folder)) { $folder } else { Join-Path $root $folder }
        if (Test-Path $path) {
            Remove-Item $path -Recurse -Force
        }
    }
}

foreach ($name in $Task) {
    & "Invoke-${name}Task"
}
