<#
.SYNOPSIS
    Builds the package of the commit that is checked out in three folders, and fails unless the same came out.
.DESCRIPTION
    Two clones with different paths must give the same bytes: assemblies, symbols, manifest, bill of materials, package.
    Their symbols must say where the sources are (SourceLink) and nothing may name the folder it was built in. The third
    folder has no git: there a package must come out as well. Needs git; a catalog file is made on Windows only, has the
    time in it, and is left out.
.OUTPUTS
    The files and their hashes, and as the last line "Compare-Build: n passed, n failed".
#>
[CmdletBinding()]
param(
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
if (-not (Get-Command git -CommandType Application -ErrorAction Ignore) -or -not (Test-Path (Join-Path $root '.git'))) {
    Write-Output 'Skipped: two builds are compared from clones, which needs git and a checkout (apt-get install git).'
    exit 2
}

function Invoke-Program {
    $program, $rest = $args
    $said = & $program @rest 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$program $rest failed: $($said -join "`n")" }
}

# Import-PowerShellDataFile rejects it, because it contains conditions by edition.
$manifest = & ([scriptblock]::Create((Get-Content (Join-Path $root 'PSLabNet.psd1') -Raw)))
$version = $manifest.ModuleVersion
. (Join-Path $PSScriptRoot 'PowerShell.ps1')
$work = Join-Path ([System.IO.Path]::GetTempPath()) "pslabnet-compare-$PID"
$passed = 0
$failed = 0

function Assert-That {
    param([string] $What, [bool] $Holds)
    if ($Holds) { $script:passed++ } else { $script:failed++ }
    Write-Output "$(if ($Holds) { 'ok    ' } else { 'FAILED' }) $What"
}

function Get-Shipped {
    param([string] $Folder)
    $out = Join-Path $Folder 'out'
    $found = @{}
    Get-ChildItem (Join-Path $out "PSLabNet/$version") -Recurse -File | ForEach-Object { $found[$_.FullName.Substring($out.Length + 1)] = $_.FullName }
    Get-ChildItem $out -Filter *.nupkg | ForEach-Object { $found[$_.Name] = $_.FullName }
    $found
}

try {
    $null = New-Item -ItemType Directory $work
    $clones = (Join-Path $work 'one'), (Join-Path $work 'a longer/path to two')
    $bare = Join-Path $work 'bare'
    foreach ($clone in $clones + $bare) {
        Invoke-Program git clone --quiet --no-local $root $clone
        Invoke-Program git -C $clone remote set-url origin "$($manifest.PrivateData.PSData.ProjectUri).git"
        if ($clone -eq $bare) { Remove-Item (Join-Path $clone '.git') -Recurse -Force }
        Invoke-Program @powerShell -NoProfile -NonInteractive -File (Join-Path $clone 'build.ps1') -Task Package -Configuration $Configuration
    }

    $one, $two = $clones | ForEach-Object { Get-Shipped $_ }
    Assert-That 'The same files' (-not (Compare-Object @($one.Keys) @($two.Keys)))
    foreach ($name in $one.Keys | Sort-Object | Where-Object { $_ -notlike '*.cat' -and ($_ -notlike '*.nupkg' -or -not ($one.Keys -like '*.cat')) }) {
        $hashes = $one[$name], $two[$name] | ForEach-Object { (Get-FileHash -LiteralPath $_).Hash }
        Assert-That "$($hashes[0].Substring(0, 16)) $name" ($hashes[0] -eq $hashes[1])
    }

    $latin1 = [System.Text.Encoding]::GetEncoding(28591)
    foreach ($name in $one.Keys | Sort-Object | Where-Object { $_ -match '\.(dll|pdb)$' }) {
        $text = $latin1.GetString([System.IO.File]::ReadAllBytes($one[$name]))
        Assert-That "No path of this machine in $name" (-not $text.Contains($work))
        if ($name -like '*.pdb') {
            Assert-That "Where the sources are stands in $name" $text.Contains('https://raw.githubusercontent.com/')
        }
    }

    Assert-That 'A package without git' (@((Get-Shipped $bare).Keys -like '*.nupkg').Count -eq 1)
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}

Write-Output "Compare-Build: $passed passed, $failed failed"
exit [int] ($failed -gt 0)
