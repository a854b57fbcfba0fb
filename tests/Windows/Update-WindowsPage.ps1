<#
.SYNOPSIS
    Writes the table of docs/windows.md from the results that Invoke-WindowsSuite.ps1 left in out/windows.
.DESCRIPTION
    A row is a feature and the Pester files that test it. The column of Wine has their counts. What Linux and Mono run is not
    counted here: all tests of these files pass on Linux in .ci/run, and under Mono runs the suite of the core, without cmdlets.
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
$page = Join-Path $root 'docs/windows.md'
$results = Join-Path $root 'out/windows/results'
$all = 'all tests'
$core = 'tests of the core'
$none = 'not yet'

# Feature, its Pester files, and what runs under Mono.
$rows = @(
    @{ Feature = 'Import, manifest, help, completion'; Files = 'Import', 'Module', 'Help', 'HelpExamples', 'HelpFiles', 'LoadContext', 'Arguments', 'Docs'; Mono = $none }
    @{ Feature = 'Finding controllers'; Files = 'Find-IcePap', 'Find-IcePap.Load', 'IcePapSimulator'; Mono = $core }
    @{ Feature = 'Changing controllers'; Files = 'Set-IcePapNetwork', 'Set-IcePapNetwork.Input', 'Set-IcePapNetwork.Plan', 'Set-IcePapNetwork.Refused'; Mono = $core }
    @{ Feature = 'Comparing controllers with a plan'; Files = 'Test-IcePapNetwork'; Mono = $core }
    @{ Feature = 'Traffic of controllers'; Files = 'Watch-IcePapTraffic'; Mono = $core }
    @{ Feature = 'Querying license servers'; Files = 'Get-FlexLmStatus', 'Get-FlexLmFeature', 'Get-FlexLmCheckout', 'Get-FlexLmLicense', 'FlexLmSimulator', 'Watch-FlexLmCheckout', 'Objects'; Mono = $core }
    @{ Feature = 'Finding out why a license server does not work'; Files = 'Test-FlexLmServer'; Mono = $core }
    @{ Feature = 'Options files, use and samples'; Files = 'FlexLmOption', 'Measure-FlexLmUsage', 'FlexLmSample'; Mono = $core }
    @{ Feature = 'Debug logs and output of lmstat'; Files = 'Import-FlexLmLog', 'ConvertFrom-LmStat'; Mono = $core }
    @{ Feature = 'Metrics and report'; Files = 'Export-FlexLmMetric', 'Export-FlexLmReport'; Mono = $core }
    @{ Feature = 'Registry, paths, code pages, sharing'; Files = @(Get-ChildItem (Join-Path $root 'tests/Pester') -Filter Windows.*.Tests.ps1 | ForEach-Object { $_.Name -replace '\.Tests\.ps1$' }); Mono = $none }
    @{ Feature = 'Faults of servers and of the host'; Files = 'Faults.Servers', 'Faults.Host', 'Faults.Files', 'Faults.Limits'; Mono = $core }
    @{ Feature = 'Faults of the network, several interfaces'; Files = 'Faults.Network', 'Faults.Interface', 'Network'; Mono = $none }
    @{ Feature = 'Hostile text, cultures'; Files = 'HostileText', 'Cultures'; Mono = $core }
    @{ Feature = 'Many runspaces, jobs, remoting'; Files = 'Concurrency', 'ScaleOut', 'ScaleOut.Ssh', 'Progress'; Mono = $none }
    @{ Feature = 'Scheduled tasks, the event log'; Files = 'ScheduledTasks', 'WindowsPage'; Mono = $none }
)

function Get-Count {
    # The counts of files as a cell of the table.
    param([string[]] $File)
    $outcomes = foreach ($one in $File) {
        $result = Join-Path $results "$one.jsonl"
        if (-not (Test-Path $result)) { return 'not counted yet' }
        [System.IO.File]::ReadAllLines($result) | ForEach-Object { (ConvertFrom-Json $_).Outcome }
    }

    $passed = @($outcomes -eq 'Passed').Count
    $failed = @($outcomes -eq 'Failed').Count
    $others = @($outcomes).Count - $passed - $failed
    $cell = if ($passed) { "$passed passed" } else { $none }
    if ($failed) { $cell += ", $failed failed" }
    if ($others) { $cell += ", $others skipped" }
    $cell
}

$table = @(
    '| Feature | PowerShell 7 on Linux | PowerShell 7 for Windows, under Wine | Class library of Windows PowerShell 5.1, Mono | Microsoft''s Windows |'
    '| --- | --- | --- | --- | --- |'
    foreach ($row in $rows) { "| $($row.Feature) | $all | $(Get-Count $row.Files) | $($row.Mono) | $none |" }
)
$text = [System.IO.File]::ReadAllText($page)
$written = [regex]::Replace($text, '(?s)(<!-- Written by [^\n]* -->\n).*?(<!-- End of )', { param($match) $match.Groups[1].Value + "`n" + ($table -join "`n") + "`n`n" + $match.Groups[2].Value })
[System.IO.File]::WriteAllText($page, $written)
