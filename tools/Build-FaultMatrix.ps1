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
$begin = '<!-- Written by tools/Build-FaultMatrix.ps1 -->'
$end = '<!-- End of what is written by tools/Build-FaultMatrix.ps1 -->'
$heading = '## Faults'

# Where the test that checks the page runs, Pester is at work already: a run within a run would disturb it.
$list = {
    param([string[]] $Files)
    Import-Module Pester -MinimumVersion 5.0
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Files
    $configuration.Run.SkipRun = $true
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $result = Invoke-Pester -Configuration $configuration
    if ($result.FailedContainersCount -gt 0) { throw "$($result.FailedContainers | ForEach-Object { $_.ErrorRecord })" }
    foreach ($test in $result.Tests) {
        # Data of a test, and of the blocks that it stands in, is put into its name only when it runs.
        $sources = @($test)
        for ($block = $test.Block; $block; $block = $block.Parent) { $sources += $block }
        [regex]::Replace($test.Name, '<(\w+)>', {
                param($match)
                $key = $match.Groups[1].Value
                if ($key -eq '_' -and $test.Data -isnot [System.Collections.IDictionary]) { return "$($test.Data)" }
                $source = $sources | Where-Object { $_.Data -is [System.Collections.IDictionary] -and $_.Data.Contains($key) } | Select-Object -First 1
                if (-not $source) { throw "The name of the test '$($test.Name)' asks for data that it has not: $key." }
                "$($source.Data[$key])"
            })
    }
}

function Get-Cell {
    # One object for each test that is named as a cell.
    $files = @(Get-ChildItem -Path $Path | Sort-Object Name | ForEach-Object { $_.FullName })
    $shell = [powershell]::Create()
    try {
        $names = $shell.AddScript($list.ToString()).AddArgument($files).Invoke()
        if ($shell.HadErrors) { throw "The tests can't be listed: $($shell.Streams.Error)" }
    }
    finally {
        $shell.Dispose()
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
