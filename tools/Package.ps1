# Dot-sourced by build.ps1: what the package has beside the module, and the package itself. $root, $manifest, $version and
# $packageVersion are those of build.ps1.

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
