# Faults of this host in the middle of a command, and what each cmdlet does then.
# Each test is a row of docs/fault-matrix.md, named '<fault> | <cmdlet> | <what happens>'.
BeforeDiscovery {
    $faketime = $env:OS -ne 'Windows_NT' -and (Get-Item /usr/lib/*/faketime/libfaketimeMT.so.1 -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultyHost.ps1')
    $env:LM_LICENSE_FILE = $null
    $server = Start-FlexLmSimulator -Vendor good -FeatureCount 300 -CheckoutCount 1
}

AfterAll { Stop-FlexLmSimulator }

Describe 'A log that is followed' -Tag CI {
    # The delays are for some looks at the file, one a second, while it is not there: fewer looks would only show less.
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory $folder
        $log = Join-Path $folder 'vendor.log'
        Set-Content $log '10:00:00 (lmgrd) TIMESTAMP 1/6/2025', '10:00:01 (MLM) OUT: "MATLAB" first@ws1'
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; Import-FlexLmLog '$log' -Wait -Kind Out")
        $seen = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $none = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $none.Complete()
        $running = $shell.BeginInvoke($none, $seen)
        function Wait-Seen($Count) {
            for ($n = 0; $seen.Count -lt $Count -and -not $running.IsCompleted -and $n -lt 3000; $n++) { $null = $running.AsyncWaitHandle.WaitOne(20) }
            $seen.Count | Should -Be $Count
        }
        Wait-Seen 1
    }

    AfterEach {
        $shell.Stop()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
    }

    It 'log truncated | Import-FlexLmLog | followed from its new start; no event is repeated' {
        Add-Content $log '10:00:02 (MLM) OUT: "MATLAB" second@ws1'
        Wait-Seen 2
        $writer = [System.IO.File]::Open($log, 'Truncate', 'Write', 'ReadWrite,Delete')
        try {
            $bytes = [System.Text.Encoding]::ASCII.GetBytes("10:00:03 (MLM) OUT: `"MATLAB`" third@ws1`n")
            $writer.Write($bytes, 0, $bytes.Length)
            $writer.Flush()
            Wait-Seen 3
        }
        finally {
            $writer.Dispose()
        }

        $seen.ReadAll().User | Should -Be @('first', 'second', 'third')
    }

    It 'log rotated (renamed, created again) | Import-FlexLmLog | the old one is read to its end, then the new one' {
        Move-Item $log "$log.1"
        Add-Content "$log.1" '10:00:02 (MLM) OUT: "MATLAB" late@ws1'
        Set-Content $log '10:00:03 (MLM) OUT: "MATLAB" new@ws1'
        Wait-Seen 3
        $seen.ReadAll().User | Should -Be @('first', 'late', 'new')
    }

    It 'log removed and created again later | Import-FlexLmLog | it waits for the new log' {
        Skip-OnWine 'a deleted file that somebody reads can still be opened'
        Remove-Item $log
        [System.Threading.Tasks.Task]::Delay(2500).Wait()
        $running.IsCompleted | Should -BeFalse
        Set-Content $log '10:00:03 (MLM) OUT: "MATLAB" again@ws1'
        Wait-Seen 2
        $seen.ReadAll().User | Should -Be @('first', 'again')
    }

    It 'log in a folder that disappears and comes back | Import-FlexLmLog | it waits for the log' {
        Rename-Item $folder "$folder.away"
        [System.Threading.Tasks.Task]::Delay(2500).Wait()
        $running.IsCompleted | Should -BeFalse
        Rename-Item "$folder.away" $folder
        Add-Content $log '10:00:03 (MLM) OUT: "MATLAB" back@ws1'
        Wait-Seen 2
        $seen.ReadAll().User | Should -Be @('first', 'back')
    }

    It 'a folder in place of the log for a while | Import-FlexLmLog | it waits for the log' {
        Rename-Item $log "$log.1"
        $null = New-Item -ItemType Directory $log
        [System.Threading.Tasks.Task]::Delay(2500).Wait()
        $running.IsCompleted | Should -BeFalse
        Remove-Item $log
        Rename-Item "$log.1" $log
        Add-Content $log '10:00:03 (MLM) OUT: "MATLAB" back@ws1'
        Wait-Seen 2
        $seen.ReadAll().User | Should -Be @('first', 'back')
    }
}

Describe 'The clock of this host is set while they run (Linux, apt-get install faketime)' -Tag CI -Skip:(-not $faketime) {
    BeforeAll {
        $silent = Start-FlexLmSimulator -Fault Silent
        $stamp = Join-Path $TestDrive 'clock'
        Set-Content $stamp '+0'
        $environment = @{
            LD_PRELOAD              = (Get-Item /usr/lib/*/faketime/libfaketimeMT.so.1 | Select-Object -First 1).FullName
            FAKETIME_TIMESTAMP_FILE = $stamp
            FAKETIME_NO_CACHE       = '1'
            DONT_FAKE_MONOTONIC     = '1'
        }

        # The time of day jumps back and forth by hours all the time. The cmdlets use the monotonic clock, which nobody sets.
        $result = Invoke-Deprived -Environment $environment -Given @{ Stamp = $stamp; Good = $server.Server; Silent = $silent.Server } {
            $jumping = [powershell]::Create().AddScript({
                    param($stamp)
                    for ($n = 0; ; $n++) {
                        # Writes in one piece, because half of the text would not be a time.
                        [System.IO.File]::WriteAllText("$stamp.next", ('+5h', '-7h', '+0')[$n % 3])
                        [System.IO.File]::Move("$stamp.next", $stamp, $true)
                        [System.Threading.Tasks.Task]::Delay(30).Wait()
                    }
                }).AddArgument($given.Stamp)
            $null = $jumping.BeginInvoke()
            function Measure-Run([scriptblock] $Run) {
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $output = @(& $Run)
                @{ Seconds = $clock.Elapsed.TotalSeconds; Output = $output }
            }
            $hours = 1..100 | ForEach-Object { [datetimeoffset]::Now.ToUnixTimeSeconds() / 3600; [System.Threading.Tasks.Task]::Delay(5).Wait() } | Measure-Object -Minimum -Maximum
            $null = Start-IcePapSimulator -Count 5 -LatencyMs 200 -RebootSeconds 2
            $out = @{ Hours = $hours.Maximum - $hours.Minimum }
            $out['Find-IcePap'] = Measure-Run { Find-IcePap -Interface lo -TimeoutSeconds 2 | ForEach-Object { $_.ResponseTime.TotalSeconds } }
            $out['Set-IcePapNetwork'] = Measure-Run { Find-IcePap -Interface lo | Select-Object -First 1 | Set-IcePapNetwork -Hostname clocked -Apply Flash, Reboot -Wait -Interface lo -Confirm:$false -PassThru -ErrorAction Stop | ForEach-Object Hostname }
            $out['Watch-IcePapTraffic'] = Measure-Run { Watch-IcePapTraffic -Interface lo -DurationSeconds 2 }
            $out['Get-FlexLmStatus'] = Measure-Run { Get-FlexLmStatus $given.Silent, $given.Good -TimeoutSeconds 8 | ForEach-Object { "$($_.Status) $($_.Error.SocketError)"; if ($_.ResponseTime) { $_.ResponseTime.TotalSeconds } } }
            $out['Get-FlexLmFeature'] = Measure-Run { Get-FlexLmFeature good_feature001 -Server $given.Silent, $given.Good -TimeoutSeconds 8 -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Name) $($_.IsComplete)" } }
            $out['Watch-FlexLmCheckout'] = Measure-Run { Watch-FlexLmCheckout good_feature001 -Server $given.Good -IntervalSeconds 0.4 -DurationSeconds 2 -Verbose 4>&1 | Where-Object { "$_" -like 'Look *' } | ForEach-Object { "$_" } }
            ConvertTo-Json $out -Depth 5 -Compress
        }

        function Assert-Seconds($Cmdlet, $AtLeast) {
            # Timers may be some milliseconds early, but not hours late.
            $result.$Cmdlet.Seconds | Should -BeGreaterThan ($AtLeast - 0.1)
            $result.$Cmdlet.Seconds | Should -BeLessThan ($AtLeast + 60)
            $result.Hours | Should -BeGreaterThan 11 -Because 'the clock must have jumped'
        }
    }

    It 'clock jumps back and forth by hours | Find-IcePap | finds all devices in its usual time; the response times are right' {
        Assert-Seconds 'Find-IcePap' 2
        $result.'Find-IcePap'.Output | Should -HaveCount 5
        $result.'Find-IcePap'.Output | ForEach-Object { $_ | Should -BeGreaterThan 0.19; $_ | Should -BeLessThan 60 }
    }

    It 'clock jumps back and forth by hours | Set-IcePapNetwork | with -Wait, waits for the reboot and no longer' {
        Assert-Seconds 'Set-IcePapNetwork' 2
        $result.'Set-IcePapNetwork'.Output | Should -Be 'clocked'
    }

    It 'clock jumps back and forth by hours | Watch-IcePapTraffic | ends after -DurationSeconds' {
        Assert-Seconds 'Watch-IcePapTraffic' 2
    }

    It 'clock jumps back and forth by hours | Get-FlexLmStatus | a silent server is Down after -TimeoutSeconds; the response times are right' {
        Assert-Seconds 'Get-FlexLmStatus' 8
        $down, $up, $response = $result.'Get-FlexLmStatus'.Output
        "$down, $up" | Should -Be 'Down TimedOut, Up '
        $response | Should -BeLessThan 60
    }

    It 'clock jumps back and forth by hours | Get-FlexLmFeature | features are complete; a silent server is an error after -TimeoutSeconds' {
        Assert-Seconds 'Get-FlexLmFeature' 8
        $result.'Get-FlexLmFeature'.Output | Should -Be 'good_feature001 True'
    }

    It 'clock jumps back and forth by hours | Watch-FlexLmCheckout | polls keep their interval, and it ends after -DurationSeconds' {
        # At most six polls in 2 s, one every 0.4 s. Fewer if one is slow, but at least one.
        $result.'Watch-FlexLmCheckout'.Seconds | Should -BeLessThan 60
        $looks = @($result.'Watch-FlexLmCheckout'.Output).Count
        $looks | Should -BeGreaterThan 0
        $looks | Should -BeLessThan 7
    }
}
