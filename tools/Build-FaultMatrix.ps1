<#
.SYNOPSIS
    Makes the table of faults in docs/reliability.md of the names of the tests in tests/Pester/Faults.*.Tests.ps1.
.DESCRIPTION
    A test that is named "fault | cmdlet | what happens" is a cell: faults are the rows, in the order of the files and of
    the tests in them, cmdlets are the columns. Other tests are left out. Nothing is run: the names are enough.
.EXAMPLE
    ./tools/Build-FaultMatrix.ps1

    Writes the table into the page.
.EXAMPLE
    ./tools/Build-FaultMatrix.ps1 -PassThru

    Shows the table, and writes nothing.
#>
[CmdletBinding()]
param(
    # The page, with the two comments between which the table stands, or with the heading under which it is to be put.
    [string] $Page = (Join-Path $PSScriptRoot '../docs/reliability.md'),

    # The files with the tests.
    [string] $Path = (Join-Path $PSScriptRoot '../tests/Pester/Faults.*.Tests.ps1'),

    # Writes the table to the pipeline instead.
    [switch] $PassThru
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot '../tests/PowerShell.ps1')
$begin = '<!-- Written by tools/Build-FaultMatrix.ps1 -->'
$end = '<!-- End of what is written by tools/Build-FaultMatrix.ps1 -->'
$heading = '## Faults'

function Get-Cell {
    # One object for each test that is named as a cell.
    $files = @(Get-ChildItem -Path $Path | Sort-Object Name | ForEach-Object { $_.FullName })
    $list = [System.IO.Path]::GetTempFileName()
    try {
        # A process of its own: where the test that checks the page runs, Pester is at work already.
        $said = Invoke-PowerShell -File (Join-Path $PSScriptRoot '../tests/Pester/Invoke-PesterSuite.ps1') -List -Path ($files -join ',') -Result $list 2>&1
        if ($LASTEXITCODE -ne 0) { throw "The tests can't be listed: $said" }
        $names = @(Get-Content $list -Encoding utf8 | ForEach-Object { (ConvertFrom-Json $_).Name })
    }
    finally {
        Remove-Item $list
    }

    foreach ($name in $names) {
        $parts = $name -split ' \| '
        if ($parts.Count -eq 3) {
            [pscustomobject] @{ Fault = $parts[0].Trim(); Cmdlet = $parts[1].Trim(); Happens = $parts[2].Trim() }
        }
    }
}

function ConvertTo-Matrix {
    # Rows of a Markdown table. A fault that does several things to a cmdlet has them one after the other in its cell.
    param([object[]] $Cells)
    $cmdlets = @($Cells.Cmdlet | Select-Object -Unique)
    '| Fault | ' + (($cmdlets | ForEach-Object { "``$_``" }) -join ' | ') + ' |'
    '| --- |' + (' --- |' * $cmdlets.Count)
    foreach ($fault in $Cells.Fault | Select-Object -Unique) {
        $row = foreach ($cmdlet in $cmdlets) {
            $happens = @($Cells | Where-Object { $_.Fault -ceq $fault -and $_.Cmdlet -ceq $cmdlet } | ForEach-Object { $_.Happens })
            if ($happens) { $happens -join '; ' } else { [string] [char] 0x2013 }
        }
        "| $fault | " + ($row -join ' | ') + ' |'
    }
}

$cells = @(Get-Cell)
if (-not $cells) { throw "No test in $Path is named 'fault | cmdlet | what happens'." }
$table = (ConvertTo-Matrix $cells) -join "`n"
if ($PassThru) {
    $table
    return
}

$utf8 = New-Object System.Text.UTF8Encoding $false
$file = (Resolve-Path $Page).ProviderPath
$text = [System.IO.File]::ReadAllText($file, $utf8) -replace "`r`n", "`n"
$block = "$begin`n`n$table`n`n$end"
$from = $text.IndexOf($begin, [System.StringComparison]::Ordinal)
$to = $text.IndexOf($end, [System.StringComparison]::Ordinal)
if ($from -ge 0 -and $to -gt $from) {
    $text = $text.Substring(0, $from) + $block + $text.Substring($to + $end.Length)
}
else {
    $at = $text.IndexOf("`n$heading`n", [System.StringComparison]::Ordinal)
    if ($at -lt 0) { throw "$Page has neither the comments nor the heading '$heading'." }
    $at += $heading.Length + 2
    $text = $text.Substring(0, $at) + "`n$block`n" + $text.Substring($at)
}

[System.IO.File]::WriteAllText($file, $text, $utf8)
