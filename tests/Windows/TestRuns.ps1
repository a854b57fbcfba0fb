# Dot-sourced by Invoke-WindowsSuite.ps1: a run is a Pester file, or the tests of the core, in a process of its own.

# What of the core's suite says something about Windows: text, bytes and files. Sockets are left out, because Wine lacks too much of
# them: run as a whole, the suite stalls there at tests that expect the owner of a port. Cultures and Reports take minutes there.
$coreNamespaces = 'Checksums', 'Files', 'FlexLm.LicenseFiles', 'FlexLm.OptionsFiles', 'FlexLm.Wire', 'IcePap.Protocol', 'LmStat', 'Logs', 'Metrics', 'Text', 'Wire'

function New-PesterRun {
    param([System.IO.FileInfo] $File)
    $name = $File.Name -replace '\.Tests\.ps1$'
    $result = Join-Path $out "results/$name.jsonl"
    [pscustomobject] @{
        Name      = $name
        Kind      = 'Pester'
        IsSecond  = $false
        Program   = 'pwsh'
        Result    = $result
        Arguments = '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', (ConvertTo-WindowsPath $suite),
        '-Path', (ConvertTo-WindowsPath $File.FullName), '-Result', (ConvertTo-WindowsPath $result), '-NoNamespace'
    }
}

function New-CoreRun {
    [pscustomobject] @{
        Name      = 'PSLabNet.Core.Tests'
        Kind      = 'core'
        IsSecond  = $false
        Program   = 'core-tests'
        Result    = $null
        Arguments = @('-noLogo', '-noColor', '-longRunning', '60') + @($coreNamespaces | ForEach-Object { '-namespace', "PSLabNet.Tests.$_" })
    }
}

function Get-LogPath {
    param($Run)
    Join-Path $out "logs/$($Run.Name).log"
}

function Start-Run {
    # Starts it on a machine, which is a Wine prefix.
    param($Run, [int] $Machine)
    [pscustomobject] @{
        Run     = $Run
        Machine = $Machine
        Clock   = [System.Diagnostics.Stopwatch]::StartNew()
        Said    = 0
        Silence = [System.Diagnostics.Stopwatch]::StartNew()
        Process = Start-WindowsProcess (@(Get-WindowsCommand $Run.Program -Machine $Machine) + $Run.Arguments) -Log (Get-LogPath $Run)
    }
}

function Get-PesterOutcome {
    # The counts of a Pester file, with its skipped and failed tests as text.
    param($Run)
    $tests = @(if (Test-Path $Run.Result) { [System.IO.File]::ReadAllLines($Run.Result) | ForEach-Object { ConvertFrom-Json $_ } })
    $skips = @($tests | Where-Object { $_.Outcome -in 'Skipped', 'Inconclusive' })
    $faults = @($tests | Where-Object Outcome -EQ 'Failed')
    @{
        Passed  = @($tests | Where-Object Outcome -EQ 'Passed').Count
        Skipped = $skips.Count
        Failed  = $faults.Count
        Lines   = @($skips | ForEach-Object { "SKIPPED $($_.File): $($_.Block).$($_.Name): $($_.Message)" }) +
        @($faults | ForEach-Object { "FAILED $($_.File): $($_.Block).$($_.Name): $($_.Message)`n$($_.Trace)" })
    }
}

function Get-CoreOutcome {
    # The counts that xunit prints, with its skipped and failed tests as text.
    param([string] $Text)
    $counts = [regex]::Match($Text, 'Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+)')
    $number = { [int] $counts.Groups[$args[0]].Value }
    $failed = (& $number failed) + (& $number errors)
    @{
        Passed  = (& $number total) - (& $number failed) - (& $number skipped)
        Skipped = & $number skipped
        Failed  = if ($counts.Success) { $failed } else { 1 }
        Lines   = @([regex]::Matches($Text, '(?m)^ +(?<name>\S.*) \[(?<what>SKIP|FAIL)\]\r?$(?<why>(?:\n {6,}.*)*)') | ForEach-Object {
                "$(if ($_.Groups['what'].Value -eq 'SKIP') { 'SKIPPED' } else { 'FAILED' }) $($_.Groups['name'].Value): $(($_.Groups['why'].Value -replace '\s+', ' ').Trim())" })
    }
}

function Test-Stalled {
    # Whether it has written nothing for so long that nothing in it moves any more.
    param($Running)
    $said = (Get-Item (Get-LogPath $Running.Run) -ErrorAction Ignore).Length
    if ($said -ne $Running.Said) {
        $Running.Said = $said
        $Running.Silence.Restart()
    }

    $Running.Silence.Elapsed.TotalSeconds -gt $SilentSeconds
}

function Complete-Run {
    # Ends it if it still runs, and gives its counts and what it has to say.
    param($Running)
    $run = $Running.Run
    $process = $Running.Process
    $trouble = if ($process.HasExited) { $null } elseif ($Running.Silence.Elapsed.TotalSeconds -gt $SilentSeconds) { "It wrote nothing for $SilentSeconds s, twice." } else { "It did not end within $Seconds s." }
    Stop-WindowsProcess $process
    $said = Get-Content (Get-LogPath $run) -Raw
    $outcome = if ($run.Kind -eq 'core') { Get-CoreOutcome $said } else { Get-PesterOutcome $run }
    if (-not $trouble -and $process.ExitCode -ne 0 -and -not $outcome.Failed) { $trouble = "It ended with exit code $($process.ExitCode)." }
    if ($trouble) {
        $outcome.Failed += 1
        $outcome.Lines += "FAILED $($run.Name): $trouble`n$(@($said -split '\r?\n' | Select-Object -Last 20) -join "`n")"
    }

    [pscustomobject] ($outcome + @{ Name = $run.Name; Kind = $run.Kind; Seconds = [int] $Running.Clock.Elapsed.TotalSeconds })
}

function Invoke-Run {
    # Runs all, as many at once as there are machines, and gives the counts of each when it ends.
    param([object[]] $All, [int] $AtOnce)
    $waiting = [System.Collections.Generic.Queue[object]] $All
    $machines = [System.Collections.Generic.Queue[int]] [int[]] (1..$AtOnce)
    $running = [System.Collections.Generic.List[object]]::new()
    try {
        while ($waiting.Count -or $running.Count) {
            while ($waiting.Count -and $machines.Count) { $running.Add((Start-Run $waiting.Dequeue() $machines.Dequeue())) }
            $ended = @($running | Where-Object { $_.Process.HasExited -or $_.Clock.Elapsed.TotalSeconds -gt $Seconds -or (Test-Stalled $_) })
            foreach ($one in $ended) {
                $null = $running.Remove($one)
                $machines.Enqueue($one.Machine)
                if (-not $one.Process.HasExited -and -not $one.Run.IsSecond -and (Test-Stalled $one)) {
                    # Under Wine, the thread pool of .NET now and then does not wake up for its work: all threads wait.
                    Write-Host "$($one.Run.Name): it wrote nothing for $SilentSeconds s, and is started again"
                    Stop-WindowsProcess $one.Process
                    $one.Run.IsSecond = $true
                    $waiting.Enqueue($one.Run)
                }
                else {
                    Complete-Run $one
                }
            }

            if (-not $ended) { $null = $running[0].Process.WaitForExit($pollMilliseconds) }
        }
    }
    finally {
        $running | ForEach-Object { Stop-WindowsProcess $_.Process }
    }
}
