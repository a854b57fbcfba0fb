# Dot-sourced by Package.Tests.ps1: builds the package, and looks into it.
. (Join-Path $PSScriptRoot 'Lab.ps1')
$manifest = Get-LabManifest
$version = $manifest.ModuleVersion
if (Get-Command dotnet -CommandType Application -ErrorAction Ignore) {
    $said = Invoke-PowerShell -File (Join-Path $root 'build.ps1') -Task Package -Configuration Release 2>&1
    if ($LASTEXITCODE -ne 0) { throw "The package was not built: $($said -join "`n")" }
}

$module = Join-Path $root "out/PSLabNet/$version"
$nupkg = Join-Path $root "out/PSLabNet.$version.nupkg"

function Get-PackageEntry {
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $zip = [System.IO.Compression.ZipFile]::OpenRead($nupkg)
    try {
        foreach ($entry in $zip.Entries) {
            $reader = [System.IO.StreamReader]::new($entry.Open())
            [pscustomobject] @{ Name = $entry.FullName; Text = $reader.ReadToEnd() }
            $reader.Dispose()
        }
    }
    finally { $zip.Dispose() }
}

function Invoke-Installed {
    param([string] $Path, [string] $Command)
    Invoke-PowerShell -Command "Import-Module '$Path' -ErrorAction Stop; $Command"
}
