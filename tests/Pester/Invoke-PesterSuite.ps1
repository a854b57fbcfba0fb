<#
.SYNOPSIS
    Runs Pester tests against the built module, and prints how many passed, failed and were skipped.
.DESCRIPTION
    dotnet test runs the tests that do not carry the tag CI, by way of this script. Alone, this script runs all tests, in
    network namespaces of its own where it can make them: on Linux, as root, with iproute2. Some tests send multicast on
    every interface and run only there. In the namespace there are, beside loopback, two veth interfaces (labA and labB),
    each with another namespace behind it where tests put their devices.

    Pester is the one that the build has put beside this script (dotnet build tests/Pester). Modules that are installed on
    this machine are not used.
.EXAMPLE
    dotnet pwsh tests/Pester/Invoke-PesterSuite.ps1 tests/Pester/Find-IcePap.Tests.ps1
    Runs one file.
#>
[CmdletBinding()]
param(
    # The files to run; all if none is named.
    [string[]] $Path = $PSScriptRoot,

    # Runs only tests with one of these tags.
    [string[]] $Tag,

    # Skips tests with one of these tags.
    [string[]] $ExcludeTag,

    # Skips tests by their first lines: Find-IcePap.Tests.ps1:12:30
    [string[]] $ExcludeLine,

    # A file for the results, one JSON object per line.
    [string] $Result,

    # Lists the tests in the result file, and runs none.
    [switch] $List,

    # Creates no namespace.
    [switch] $NoNamespace
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot '../PowerShell.ps1')
. (Join-Path $PSScriptRoot 'LabNamespace.ps1')
. (Join-Path $PSScriptRoot 'MulticastTurn.ps1')
. (Join-Path $PSScriptRoot 'PesterResult.ps1')
$files = @($Path | ForEach-Object { $_ -split ',' } | Get-Item | ForEach-Object { if ($_.PSIsContainer) { Get-ChildItem $_ -Filter *.Tests.ps1 } else { $_ } })

if (-not $NoNamespace -and -not $List) {
    if (Test-CanMakeNamespace) {
        $same = @('-Path', ($files.FullName -join ','), '-NoNamespace')
        if ($Tag) { $same += '-Tag', ($Tag -join ',') }
        if ($ExcludeTag) { $same += '-ExcludeTag', ($ExcludeTag -join ',') }
        if ($ExcludeLine) { $same += '-ExcludeLine', ($ExcludeLine -join ',') }
        if ($Result) { $same += '-Result', $Result }
        Invoke-InNamespace $PSCommandPath $same
    }

    Write-Warning 'Tests that send on every interface are skipped: network namespaces need Linux, root and iproute2 (apt-get install iproute2).'
}

# Modules of PowerShell itself, and no others.
$env:PSModulePath = @(Join-Path $PSHOME 'Modules'; $env:PSLABNET_TEST_MODULES | Where-Object { $_ }) -join [System.IO.Path]::PathSeparator
$pester = Join-Path $PSScriptRoot 'bin/Pester/Pester.psd1'
if (-not (Test-Path $pester)) { throw "Pester is not there yet: dotnet build $PSScriptRoot" }
Import-Module $pester
$configuration = New-PesterConfiguration
$configuration.Run.PassThru = $true
$configuration.Run.SkipRun = [bool] $List
if ($Tag) { $configuration.Filter.Tag = @($Tag | ForEach-Object { $_ -split ',' }) }
if ($ExcludeTag) { $configuration.Filter.ExcludeTag = @($ExcludeTag | ForEach-Object { $_ -split ',' }) }
if ($ExcludeLine) {
    $configuration.Filter.ExcludeLine = @(foreach ($one in $ExcludeLine | ForEach-Object { $_ -split ',' }) {
            $name, $lines = $one -split ':'
            $lines | ForEach-Object { "$(($files | Where-Object Name -EQ $name).FullName):$_" }
        })
}

$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$counts = [ordered] @{ passed = 0; failed = 0; skipped = 0 }
$faults = @()
foreach ($file in $files) {
    $configuration.Run.Path = $file.FullName
    $turn = Wait-MulticastTurn $file.FullName
    try { $run = Invoke-Pester -Configuration $configuration }
    finally { if ($turn) { $turn.Dispose() } }
    if ($Result) { [System.IO.File]::AppendAllLines($Result, [string[]] @(Get-Result $run -List:$List | ForEach-Object { ConvertTo-Json $_ -Compress })) }

    # A file that fails outside of its tests has no failed test to count.
    $faults += @($run.Failed) + @($run.FailedBlocks) + @($run.FailedContainers)
    $own = $run.PassedCount, ($run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount), ($run.SkippedCount + $run.InconclusiveCount)
    Write-Output "$($file.Name): $($own[0]) passed, $($own[1]) failed, $($own[2]) skipped"
    $counts.passed += $own[0]
    $counts.failed += $own[1]
    $counts.skipped += $own[2]
}

# Repeated at the end, where they are easy to find in a log of a thousand tests.
foreach ($one in $faults | Where-Object { $_ }) {
    Write-Output "FAILED: $(if ($one.ExpandedPath) { $one.ExpandedPath } else { $one.Item })"
    $one.ErrorRecord | ForEach-Object { Write-Output "    $($_.ToString() -replace '\r?\n', "`n    ")" }
}

Write-Output "Pester: $($counts.passed) passed, $($counts.failed) failed, $($counts.skipped) skipped"
# Files whose tests are all skipped here are no fault. A run that found no test is one: its filter fits nothing.
exit [int] ($counts.failed -gt 0 -or ($counts.passed + $counts.skipped -eq 0 -and -not $Result))
