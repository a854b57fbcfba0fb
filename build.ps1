<#
.SYNOPSIS
    Builds, tests and packages PSLabNet.
.DESCRIPTION
    Runs in Windows PowerShell 5.1 and PowerShell 7 and needs nothing but the .NET SDK. Test is dotnet test: it runs the
    Pester tests too, in the PowerShell that .config/dotnet-tools.json names, whichever PowerShell runs this script.
.EXAMPLE
    ./build.ps1
    Builds; Import-Module ./PSLabNet.psd1 works afterwards.
.EXAMPLE
    ./build.ps1 -Task Install
    Builds the package and lays it out where PowerShell finds your modules by their names, the first folder of
    $env:PSModulePath.
.EXAMPLE
    ./build.ps1 -Task Help
    Turns the pages of docs/en-US into the help files of en-US, which are in the repository.
.EXAMPLE
    ./build.ps1 -Task Package
    Lays out out/PSLabNet/<version>, with symbols, a bill of materials and, on Windows, a file catalog, and makes a nupkg
    of it that Install-PSResource and Install-Module take from a folder. The same commit gives the same bytes.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Help', 'Test', 'Package', 'Install', 'Clean')]
    [string[]] $Task = 'Build',

    # Without it, what is packaged or installed is of the configuration Release, all else of Debug.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $(if ($Task -match 'Package|Install') { 'Release' } else { 'Debug' })
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
# Import-PowerShellDataFile refuses the choices by $PSEdition that are in it.
$manifest = & ([scriptblock]::Create([System.IO.File]::ReadAllText((Join-Path $root 'PSLabNet.psd1'))))
$version = $manifest.ModuleVersion
$prerelease = $manifest.PrivateData.PSData['Prerelease']
$packageVersion = if ($prerelease) { "$version-$prerelease" } else { $version }
. (Join-Path $root 'tools/Package.ps1')

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
}

# Builds in a folder of its own: the bin folder of the checkout may be loaded, and may hold another configuration.
function Invoke-PackageTask {
    $project = Join-Path $root 'src/PSLabNet/PSLabNet.csproj'
    $work = (Join-Path $root "out/build/$Configuration").Replace('\', '/') + '/'
    $module = Join-Path $root "out/PSLabNet/$version"
    $nupkg = Join-Path $root "out/PSLabNet.$packageVersion.nupkg"
    foreach ($old in $module, $nupkg) {
        if (Test-Path $old) {
            Remove-Item $old -Recurse -Force
        }
    }

    $how = '--configuration', $Configuration, "-p:PslPackageOutput=$work", '-p:ContinuousIntegrationBuild=true'
    Invoke-DotNet build $project @how

    $null = New-Item -ItemType Directory -Path (Join-Path $module 'bin') -Force
    foreach ($file in 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'README.md', 'CHANGELOG.md') {
        Copy-Item (Join-Path $root $file) $module
    }

    $built = Join-Path $work 'bin/PSLabNet'
    Copy-Item (Join-Path $built '*.ps1xml') (Join-Path $module 'bin')
    foreach ($leg in 'net8.0', 'netstandard2.0') {
        $folder = New-Item -ItemType Directory -Path (Join-Path $module "bin/$leg")
        Get-ChildItem (Join-Path $built $leg) -File | Where-Object { $_.Extension -in '.dll', '.pdb' } | Copy-Item -Destination $folder.FullName
    }

    Copy-Help $module
    $notes = Get-ReleaseNote
    Write-PackageManifest (Join-Path $module 'PSLabNet.psd1') $notes
    Write-BillOfMaterial $project $work $module
    $null = Test-ModuleManifest (Join-Path $module 'PSLabNet.psd1') -WarningVariable complaints
    if ($complaints) {
        throw "Test-ModuleManifest is not content: $complaints"
    }

    # PowerShell has it on Windows only.
    if (Get-Command New-FileCatalog -ErrorAction Ignore) {
        $null = New-FileCatalog -Path $module -CatalogFilePath (Join-Path $module 'PSLabNet.cat') -CatalogVersion 2.0
    }

    $nuspec = Join-Path $work 'PSLabNet.nuspec'
    Write-NuSpec $nuspec $notes
    Invoke-DotNet pack $project --no-build @how --output (Join-Path $work 'pack') "-p:NuspecFile=$nuspec" "-p:NuspecBasePath=$module" '-p:NoPackageAnalysis=true' '-p:IsPackable=true' '-p:IncludeSymbols=false' '-p:EnablePackageValidation=false'
    Write-ReproduciblePackage (Join-Path $work "pack/PSLabNet.$packageVersion.nupkg") $nupkg
    Write-Output "Module: $module"
    Write-Output "Package: $nupkg"
}

function Invoke-InstallTask {
    Invoke-PackageTask
    $mine = ($env:PSModulePath -split [System.IO.Path]::PathSeparator)[0]
    $folder = Join-Path (Join-Path $mine 'PSLabNet') $version
    if (Test-Path $folder) {
        Remove-Item $folder -Recurse -Force
    }

    $null = New-Item -ItemType Directory -Path (Split-Path $folder) -Force
    Copy-Item (Join-Path $root "out/PSLabNet/$version") $folder -Recurse
    Write-Output "Installed: $folder"
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
