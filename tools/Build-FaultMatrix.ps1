<#
.SYNOPSIS
    Writes docs/fault-matrix.md from the names of the tests in tests/Pester/Faults.*.Tests.ps1.
.DESCRIPTION
    A test that is named "fault | cmdlet | what happens" is a row of the table of its cmdlet. Cmdlets and faults are in the
    order of the files and of the tests in them. Other tests are left out. No test is run: the names are enough.
.EXAMPLE
    ./tools/Build-FaultMatrix.ps1

    Writes the page.
.EXAMPLE
    ./tools/Build-FaultMatrix.ps1 -PassThru

    Shows the page, and writes nothing.
#>
[CmdletBinding()]
param(
    # The page.
    [string] $Page = (Join-Path $PSScriptRoot '../docs/fault-matrix.md'),

    # The files with the tests.
    [string] $Path = (Join-Path $PSScriptRoot '../tests/Pester/Faults.*.Tests.ps1'),

    # Writes the page to the pipeline instead.
    [switch] $PassThru
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot '../tests/PowerShell.ps1')

function Get-Cell {
    # One object for each test that is named as a cell.
    $files = @(Get-ChildItem (Split-Path $Path) | Where-Object Name -Like (Split-Path $Path -Leaf) | Sort-Object Name | ForEach-Object { $_.FullName })
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

function ConvertTo-Page {
    # Markdown: a table for each cmdlet. A fault that does several things to a cmdlet has them one after the other in its row.
    param([object[]] $Cells)
    '# Faults, and what each cmdlet does'
    ''
    'Each row of a table is a Pester test of the same name. They run with'
    '`dotnet pwsh tests/Pester/Invoke-PesterSuite.ps1 tests/Pester/Faults.*.Tests.ps1`. `tools/Build-FaultMatrix.ps1` writes this page'
    'from the names of the tests; do not edit it. [reliability.md](reliability.md) says how the faults are made.'
    foreach ($cmdlet in $Cells | Group-Object Cmdlet -CaseSensitive | Sort-Object { $Cells.IndexOf($_.Group[0]) }) {
        ''
        "## $($cmdlet.Name)"
        ''
        '| Fault | What happens |'
        '| --- | --- |'
        foreach ($fault in $cmdlet.Group | Group-Object Fault -CaseSensitive | Sort-Object { $Cells.IndexOf($_.Group[0]) }) {
            "| $($fault.Name) | $($fault.Group.Happens -join '; ') |"
        }
    }
}

$cells = @(Get-Cell)
if (-not $cells) { throw "No test in $Path is named 'fault | cmdlet | what happens'." }
$text = ((ConvertTo-Page $cells) -join "`n") + "`n"
if ($PassThru) {
    $text
    return
}

$file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Page)
[System.IO.File]::WriteAllText($file, $text, (New-Object System.Text.UTF8Encoding $false))
