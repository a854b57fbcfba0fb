<#
.SYNOPSIS
    Runs the Pester suite, and the part of the core's xunit suite that is about text, files and paths, on Windows.
.DESCRIPTION
    On Windows the tests run in the PowerShell that runs this script: pwsh.exe, or powershell.exe for Windows PowerShell 5.1.
    On Linux they run in PowerShell for Windows under Wine, which engine.sh prepares from packages: root, iproute2 and
    Wine (on Debian and Ubuntu: apt-get install wine wine64).

    Each Pester file runs in a process of its own that has a time limit. The solution has to be built before.
.OUTPUTS
    A line for each file, then each test that was skipped with its reason, then each that failed, and as the last lines
    "Windows core: n passed, n failed, n skipped" and "Windows: n passed, n failed, n skipped", which counts both. Exit code
    2 says that nothing was run, and the output why. Logs and results are below out/windows.
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
    # Names of Pester files, without .Tests.ps1; all if none is named. The xunit tests run only with all.
    [string[]] $Name,

    # How many files run at once. On Windows it is one: there they share one network.
    [ValidateRange(1, 64)]
    [int] $AtOnce = 2,

    # The time limit of a file, in seconds.
    [ValidateRange(1, 36000)]
    [int] $Seconds = 600
)

$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
. (Join-Path $root 'tests/PowerShell.ps1')
. (Join-Path $PSScriptRoot 'WindowsProcess.ps1')
$out = Join-Path $root 'out/windows'
$suite = Join-Path $root 'tests/Pester/Invoke-PesterSuite.ps1'
$onWindows = $env:OS -eq 'Windows_NT'
if ($onWindows) { $AtOnce = 1 }

$missing = Get-MissingForWindows
if ($missing) {
    Write-Output $missing
    exit 2
}

if (-not (Test-Path (Join-Path $root 'tests/Pester/bin/Pester/Pester.psd1'))) { throw 'The Pester tests are not built: dotnet build' }

# Empty folders, so that nothing of an earlier run is counted.
foreach ($folder in 'results', 'logs') {
    Remove-Item (Join-Path $out $folder) -Recurse -Force -ErrorAction Ignore
    $null = New-Item -ItemType Directory (Join-Path $out $folder) -Force
}

function Get-TestFile {
    # Large files first, so that none runs alone in the end.
    $all = Get-ChildItem (Join-Path $root 'tests/Pester') -Filter *.Tests.ps1 | Sort-Object Length -Descending
    foreach ($one in $Name | ForEach-Object { $_ -split ',' }) {
        $file = $all | Where-Object Name -EQ "$one.Tests.ps1"
        if (-not $file) { throw "There is no file tests/Pester/$one.Tests.ps1." }
        $file
    }

    if (-not $Name) { $all }
}

function Start-TestFile {
    # Runs a file in a process of its own.
    param([System.IO.FileInfo] $File, [int] $Machine)
    $short = $File.Name -replace '\.Tests\.ps1$'
    $result = Join-Path $out "results/$short.jsonl"
    $log = Join-Path $out "logs/$short.log"
    $arguments = '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', (ConvertTo-WindowsPath $suite),
    '-Path', (ConvertTo-WindowsPath $File.FullName), '-Result', (ConvertTo-WindowsPath $result), '-NoNamespace'
    [pscustomobject] @{
        Name    = $short
        Result  = $result
        Log     = $log
        Machine = $Machine
        Clock   = [System.Diagnostics.Stopwatch]::StartNew()
        Run     = Start-WindowsPowerShell $arguments -Machine $Machine
    }
}

function Complete-TestFile {
    # The counts of a file whose process has ended or is over its time, as an object.
    param($Running)
    $process = $Running.Run.Process
    $trouble = if (-not $process.HasExited) { "It did not end within $Seconds s." }
    Stop-WindowsProcess $process
    [System.IO.File]::WriteAllText($Running.Log, $Running.Run.Output.GetAwaiter().GetResult() + $Running.Run.Errors.GetAwaiter().GetResult())
    $tests = @(if (Test-Path $Running.Result) { [System.IO.File]::ReadAllLines($Running.Result) | ForEach-Object { ConvertFrom-Json $_ } })
    $failed = @($tests | Where-Object Outcome -EQ 'Failed')
    if (-not $trouble -and $process.ExitCode -ne 0 -and -not $failed) { $trouble = "It ended with exit code $($process.ExitCode)." }
    [pscustomobject] @{
        Name    = $Running.Name
        Passed  = @($tests | Where-Object Outcome -EQ 'Passed').Count
        Failed  = $failed
        Skipped = @($tests | Where-Object { $_.Outcome -in 'Skipped', 'Inconclusive' })
        Trouble = $trouble
        Log     = $Running.Log
        Seconds = [int] $Running.Clock.Elapsed.TotalSeconds
    }
}

function Invoke-TestFile {
    # Runs all files, as many at once as there are machines, and writes their counts as they end.
    param([System.IO.FileInfo[]] $File)
    $waiting = [System.Collections.Generic.Queue[System.IO.FileInfo]] $File
    $machines = [System.Collections.Generic.Queue[int]] [int[]] (1..$AtOnce)
    $running = [System.Collections.Generic.List[object]]::new()
    try {
        while ($waiting.Count -or $running.Count) {
            while ($waiting.Count -and $machines.Count) { $running.Add((Start-TestFile $waiting.Dequeue() $machines.Dequeue())) }
            $ended = @($running | Where-Object { $_.Run.Process.HasExited -or $_.Clock.Elapsed.TotalSeconds -gt $Seconds })
            foreach ($one in $ended) {
                Complete-TestFile $one
                $null = $running.Remove($one)
                $machines.Enqueue($one.Machine)
            }

            if (-not $ended) { $null = $running[0].Run.Process.WaitForExit(100) }
        }
    }
    finally {
        $running | ForEach-Object { Stop-WindowsProcess $_.Run.Process }
    }
}

$clock = [System.Diagnostics.Stopwatch]::StartNew()
$count = @{ Passed = 0; Failed = 0; Skipped = 0 }
$skips = [System.Collections.Generic.List[string]]::new()
$faults = [System.Collections.Generic.List[string]]::new()
Invoke-TestFile @(Get-TestFile) | ForEach-Object {
    Write-Output "$($_.Name): $($_.Passed) passed, $($_.Failed.Count + [int] [bool] $_.Trouble) failed, $($_.Skipped.Count) skipped, $($_.Seconds) s"
    $count.Passed += $_.Passed
    $count.Failed += $_.Failed.Count + [int] [bool] $_.Trouble
    $count.Skipped += $_.Skipped.Count
    foreach ($test in $_.Skipped) { $skips.Add("SKIPPED $($test.File): $($test.Block).$($test.Name): $($test.Message)") }
    foreach ($test in $_.Failed) { $faults.Add("FAILED $($test.File): $($test.Block).$($test.Name): $($test.Message)`n$($test.Trace)") }
    if ($_.Trouble) { $faults.Add("FAILED $($_.Name): $($_.Trouble)`n$((Get-Content $_.Log -Tail 20 -ErrorAction Ignore) -join "`n")") }
}

$skips + $faults | Write-Output
Write-Output "Windows: $($count.Passed) passed, $($count.Failed) failed, $($count.Skipped) skipped"
Write-Verbose "It took $([int] $clock.Elapsed.TotalSeconds) s."
exit [int] ($count.Failed -gt 0)
