<#
.SYNOPSIS
    Runs the Pester suite, and the part of the core's xunit suite that is about text and bytes, on Windows.
.DESCRIPTION
    On Windows the tests run in the PowerShell that runs this script: pwsh.exe, or powershell.exe for Windows PowerShell 5.1.
    On Linux they run in PowerShell for Windows under Wine, which engine.sh prepares from packages. That takes root, iproute2
    and Wine (on Debian and Ubuntu: apt-get install wine wine64).

    Each Pester file runs in a process of its own that has a time limit. The solution has to be built before.
.OUTPUTS
    A line for each file, then each test that was skipped with its reason, then each that failed. The last lines count:
    "Windows Pester: n passed, n failed, n skipped", "Windows core: ...", and "Windows: ..." for both. Exit code 2 says that
    nothing was run, and the output why. Logs and results are below out/windows.
.EXAMPLE
    dotnet pwsh tests/Windows/Invoke-WindowsSuite.ps1
    Runs it on Linux under Wine, or on Windows in the PowerShell of the .NET tool.
.EXAMPLE
    powershell.exe -ExecutionPolicy Bypass -File tests\Windows\Invoke-WindowsSuite.ps1
    Runs it on Windows in Windows PowerShell 5.1.
.EXAMPLE
    dotnet pwsh tests/Windows/Invoke-WindowsSuite.ps1 Objects, Find-IcePap
    Runs two files.
#>
[CmdletBinding()]
param(
    # Names of Pester files, without .Tests.ps1, and core for the tests of the core. If none is named, all run.
    [string[]] $Name,

    # How many files run at once. On Windows it is one: there they share one network.
    [ValidateRange(1, 64)]
    [int] $AtOnce = 2,

    # The time limit of a file, in seconds.
    [ValidateRange(1, 36000)]
    [int] $Seconds = 600,

    # After how many seconds without any output a file is stopped and started again, once.
    [ValidateRange(1, 36000)]
    [int] $SilentSeconds = 180
)

$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
. (Join-Path $root 'tests/PowerShell.ps1')
. (Join-Path $PSScriptRoot 'WindowsProcess.ps1')
. (Join-Path $PSScriptRoot 'TestRuns.ps1')
$out = Join-Path $root 'out/windows'
$suite = Join-Path $root 'tests/Pester/Invoke-PesterSuite.ps1'
$pollMilliseconds = 100
$onWindows = $env:OS -eq 'Windows_NT'
if ($onWindows) { $AtOnce = 1 }

if (-not (Test-Path (Join-Path $root 'tests/Pester/bin/Pester/Pester.psd1'))) { throw 'The Pester tests are not built: dotnet build' }
$missing = Get-MissingForWindows
if ($missing) {
    Write-Output $missing
    exit 2
}

# Empty folders, so that nothing of an earlier run is counted.
foreach ($folder in 'results', 'logs') {
    Remove-Item (Join-Path $out $folder) -Recurse -Force -ErrorAction Ignore
    $null = New-Item -ItemType Directory (Join-Path $out $folder) -Force
}

function Get-Run {
    # Large files first, so that none runs alone in the end.
    $files = Get-ChildItem (Join-Path $root 'tests/Pester') -Filter *.Tests.ps1 | Sort-Object Length -Descending
    foreach ($one in $Name -split ',' | Where-Object { $_ }) {
        if ($one -eq 'core') { New-CoreRun; continue }
        $file = $files | Where-Object Name -EQ "$one.Tests.ps1"
        if (-not $file) { throw "There is no file tests/Pester/$one.Tests.ps1." }
        New-PesterRun $file
    }

    if (-not $Name) {
        New-CoreRun
        $files | ForEach-Object { New-PesterRun $_ }
    }
}

$runs = @(Invoke-Run @(Get-Run) -AtOnce $AtOnce | ForEach-Object {
        Write-Host "$($_.Name): $($_.Passed) passed, $($_.Failed) failed, $($_.Skipped) skipped, $($_.Seconds) s"
        $_
    })
$runs.Lines | Where-Object { $_ -like 'SKIPPED*' }
$runs.Lines | Where-Object { $_ -like 'FAILED*' }

function Write-Count {
    param([string] $Of, [object[]] $Runs)
    $sum = foreach ($count in 'Passed', 'Failed', 'Skipped') { [int] ($Runs | Measure-Object $count -Sum).Sum }
    Write-Output "$Of`: $($sum[0]) passed, $($sum[1]) failed, $($sum[2]) skipped"
}

foreach ($kind in $runs | Group-Object Kind) { Write-Count "Windows $($kind.Name)" $kind.Group }
Write-Count 'Windows' $runs
exit [int] (($runs | Measure-Object Failed -Sum).Sum -gt 0)
