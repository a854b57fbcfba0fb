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

# The section of CHANGELOG.md of this version; of a version that is not released yet, what stands under Unreleased.
function Get-ReleaseNote {
    $changes = [System.IO.File]::ReadAllText((Join-Path $root 'CHANGELOG.md')) -replace "`r"
    foreach ($name in $packageVersion, $version, 'Unreleased') {
        $section = [regex]::Match($changes, "(?ms)^## \[$([regex]::Escape($name))\][^\n]*\n(?<text>.*?)(?=^## |\z)")
        if ($section.Success) {
            return $section.Groups['text'].Value.Trim()
        }
    }

    throw "CHANGELOG.md has neither a section [$packageVersion] nor [Unreleased]."
}

# Text with line feeds and without a byte order mark, whatever the system: the same package everywhere.
function Write-TextFile {
    param([string] $Path, [string] $Text)
    [System.IO.File]::WriteAllText($Path, ($Text -replace "`r"), (New-Object System.Text.UTF8Encoding $false))
}

# CycloneDX 1.6, from what the build restored: the packages that are shipped or whose source is compiled in, the projects,
# and what needs what. The packages that are only compiled against are left out. The tool always writes the time, which
# would make each package a different one.
function Write-BillOfMaterial {
    param([string] $Project, [string] $Work, [string] $Module)
    $escape = { [System.Security.SecurityElement]::Escape($args[0]) }
    $template = Join-Path $Work 'PSLabNet.bom.xml'
    Write-TextFile $template @"
<?xml version="1.0" encoding="utf-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6">
  <metadata>
    <component type="library" bom-ref="pkg:nuget/PSLabNet@$packageVersion">
      <name>PSLabNet</name>
      <version>$packageVersion</version>
      <description>$(& $escape $manifest.Description)</description>
      <licenses><license><id>MIT</id></license></licenses>
      <copyright>$(& $escape $manifest.Copyright)</copyright>
      <purl>pkg:nuget/PSLabNet@$packageVersion</purl>
      <externalReferences><reference type="vcs"><url>$(& $escape $manifest.PrivateData.PSData.ProjectUri)</url></reference></externalReferences>
    </component>
  </metadata>
</bom>
"@
    $what = '--recursive', '--include-project-references', '--set-nuget-purl', '--exclude-filter', 'Microsoft.CodeAnalysis.PublicApiAnalyzers,Microsoft.NETCore.Platforms,NETStandard.Library,PowerShellStandard.Library'
    $how = '--disable-package-restore', '--base-intermediate-output-path', $Work, '--import-metadata-path', $template
    # The packages are here already: their folder is asked for their licenses, not the network.
    $packages = (Invoke-DotNet nuget locals global-packages --list) -replace '^global-packages: '
    $form = '--url', $packages, '--set-type', 'Library', '--no-serial-number', '--spec-version', '1.6', '--output-format', 'Json', '--output', $Module, '--filename', 'PSLabNet.cdx.json'
    Push-Location $root
    try {
        Invoke-DotNet tool restore
        Invoke-DotNet tool run dotnet-CycloneDX '--' $Project @what @how @form
    }
    finally {
        Pop-Location
    }

    $bill = Join-Path $Module 'PSLabNet.cdx.json'
    Write-TextFile $bill ([System.IO.File]::ReadAllText($bill) -replace '(?m)^\s*"timestamp":.*\n')
}

# The manifest with the release notes in it: the one in the checkout has none, so that they are written once.
function Write-PackageManifest {
    param([string] $Path, [string] $Notes)
    $text = [System.IO.File]::ReadAllText((Join-Path $root 'PSLabNet.psd1')) -replace "`r"
    $place = [regex]::Match($text, "(?m)^\s*ProjectUri\s*=.*\n")
    if (-not $place.Success) {
        throw 'PSLabNet.psd1 has no ProjectUri, after which the release notes go.'
    }

    $block = "            ReleaseNotes = @'`n$($Notes -replace "(?m)^'@", " '@")`n'@`n"
    Write-TextFile $Path $text.Insert($place.Index + $place.Length, $block)
}

# What Find-PSResource and Find-Module search by stands in the tags.
function Write-NuSpec {
    param([string] $Path, [string] $Notes)
    $data = $manifest.PrivateData.PSData
    $tags = @('PSModule') + $data.Tags + 'PSIncludes_Cmdlet' + ($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
    $values = [ordered] @{
        id                       = 'PSLabNet'
        version                  = $packageVersion
        authors                  = $manifest.Author
        owners                   = $manifest.Author
        license                  = 'MIT'
        projectUrl               = $data.ProjectUri
        requireLicenseAcceptance = 'false'
        description              = $manifest.Description
        releaseNotes             = $Notes
        copyright                = $manifest.Copyright
        tags                     = $tags -join ' '
    }
    $lines = @(
        '<?xml version="1.0" encoding="utf-8"?>'
        '<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">'
        '  <metadata>'
        foreach ($name in $values.Keys) {
            $start = if ($name -eq 'license') { 'license type="expression"' } else { $name }
            "    <$start>$([System.Security.SecurityElement]::Escape($values[$name]))</$name>"
        }
        '  </metadata>'
        '  <files>'
        '    <file src="**/*" />'
        '  </files>'
        '</package>'
    )
    Write-TextFile $Path (($lines -join "`n") + "`n")
}

# NuGet gives every package it writes new names and times. Written again with fixed ones, in order, the same contents are
# the same bytes.
function Write-ReproduciblePackage {
    param([string] $Source, [string] $Path)
    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
    $core = 'package/services/metadata/core-properties/core.psmdcp'
    $from = [System.IO.Compression.ZipFile]::OpenRead($Source)
    $to = [System.IO.Compression.ZipFile]::Open($Path, [System.IO.Compression.ZipArchiveMode]::Create)
    try {
        $entries = @{}
        foreach ($entry in $from.Entries) {
            $entries[$(if ($entry.FullName -like '*.psmdcp') { $core } else { $entry.FullName })] = $entry
        }

        $names = [string[]] @($entries.Keys)
        [System.Array]::Sort($names, [System.StringComparer]::Ordinal)
        foreach ($name in $names) {
            $new = $to.CreateEntry($name, [System.IO.Compression.CompressionLevel]::Optimal)
            $new.LastWriteTime = New-Object System.DateTimeOffset 1980, 1, 1, 0, 0, 0, ([timespan]::Zero)
            $in = $entries[$name].Open()
            $out = $new.Open()
            try {
                if ($name -eq '_rels/.rels') {
                    $text = (New-Object System.IO.StreamReader $in).ReadToEnd()
                    $text = $text -replace 'Target="/[^"]+\.psmdcp" Id="[^"]+"', "Target=`"/$core`" Id=`"Rcore`""
                    $bytes = [System.Text.Encoding]::UTF8.GetBytes($text)
                    $out.Write($bytes, 0, $bytes.Length)
                }
                else {
                    $in.CopyTo($out)
                }
            }
            finally {
                $out.Dispose()
                $in.Dispose()
            }
        }
    }
    finally {
        $to.Dispose()
        $from.Dispose()
    }
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
