BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $log = Join-Path $root 'tests/corpus/logs/vendor.log'
}

Describe 'Import-FlexLmLog' {
    It 'reads events with full time, feature, user and count' {
        $events = Import-FlexLmLog $log
        $events[0] | Should -BeOfType PSLabNet.FlexLm.FlexLmLogEvent
        $out = $events | Where-Object { $_.Kind -eq 'Out' -and $_.User -eq 'alice' } | Select-Object -First 1
        $out.Time.ToString('yyyy-MM-dd HH:mm:ss') | Should -Be '2025-01-06 10:01:22'
        "$($out.Daemon) $($out.Feature) $($out.HostName) $($out.Count)" | Should -Be 'MLM MATLAB ws1 1'
        $events.Kind | Should -Not -Contain 'Other'
    }

    It 'returns the reason and the number of a denial' {
        $denied = Import-FlexLmLog $log -Kind Denied
        $denied.Kind | Select-Object -Unique | Should -Be 'Denied'
        $denied[0].ErrorNumber | Should -Be -4
        $denied[0].Reason | Should -BeLike 'Licensed number of users*'
    }

    It 'filters by feature, user and time' {
        (Import-FlexLmLog $log -Feature SIMU*).Feature | Select-Object -Unique | Should -Be 'SIMULINK'
        (Import-FlexLmLog $log -User alice, dora).User | Sort-Object -Unique | Should -Be @('alice', 'dora')
        $after = [datetimeoffset] [datetime] '2025-01-06 10:06:00'
        $before = [datetimeoffset] [datetime] '2025-01-06 10:07:59'
        (Import-FlexLmLog $log -After $after -Before $before).Kind | Select-Object -Unique | Should -Be 'In'
    }

    It 'reads a compressed log like the log' {
        $packed = Join-Path $TestDrive 'vendor.log.gz'
        $bytes = [System.IO.File]::ReadAllBytes($log)
        $file = [System.IO.File]::Create($packed)
        $gzip = [System.IO.Compression.GZipStream]::new($file, [System.IO.Compression.CompressionMode]::Compress)
        $gzip.Write($bytes, 0, $bytes.Length)
        $gzip.Dispose()
        Import-FlexLmLog $packed | ForEach-Object ToString | Should -Be (Import-FlexLmLog $log | ForEach-Object ToString)
        Import-FlexLmLog $packed -Wait -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotReadable,*'
    }

    It 'warns once about a file that is no debug log, and shows its first line' {
        $letter = Join-Path $root 'tests/corpus/logs/nothing.txt'
        foreach ($with in @{}, @{ AsSession = $true }) {
            Import-FlexLmLog $letter @with -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike '*form of a debug log*Dear colleagues,'
        }
    }

    It 'notices that midnight has passed' {
        (Import-FlexLmLog $log -User hal).Time.ToString('yyyy-MM-dd HH:mm') | Should -Be '2025-01-07 00:00'
    }

    It 'takes the date of lines before the first date from that date, and of a log without dates from its last write' {
        $dated = Join-Path $TestDrive 'dated.log'
        Set-Content $dated '22:00:00 (MLM) OUT: "f" a@h', ' 1:00:00 (lmgrd) TIMESTAMP 7/18/2018', ' 2:00:00 (MLM) IN: "f" a@h'
        Import-FlexLmLog $dated | ForEach-Object { $_.Time.ToString('yyyy-MM-dd HH') } | Should -Be @('2018-07-17 22', '2018-07-18 02')
        (Import-FlexLmLog $dated -AsSession).Duration | Should -Be ([timespan] '4:00')
        $undated = Join-Path $TestDrive 'undated.log'
        Set-Content $undated '22:00:00 (MLM) OUT: "f" a@h', ' 2:00:00 (MLM) IN: "f" a@h'
        (Get-Item $undated).LastWriteTime = [datetime] '2019-03-02 02:30'
        Import-FlexLmLog $undated | ForEach-Object { $_.Time.ToString('yyyy-MM-dd HH') } | Should -Be @('2019-03-01 22', '2019-03-02 02')
        (Import-FlexLmLog $undated -StartDate 2020-01-01)[0].Time.ToString('yyyy-MM-dd') | Should -Be '2020-01-01'
    }

    It 'matches OUT and IN into sessions' {
        $sessions = Import-FlexLmLog $log -AsSession
        $alice = $sessions | Where-Object User -EQ alice
        $alice | Should -BeOfType PSLabNet.FlexLm.FlexLmLogSession
        $alice.Duration.TotalSeconds | Should -Be 338
        $alice.IsOpen | Should -BeFalse
        (Import-FlexLmLog $log -AsSession -Feature late).User | Should -Be 'gus'
    }

    It 'returns only the last events' {
        $all = Import-FlexLmLog $log
        $last = Import-FlexLmLog $log -Tail 3
        $last | Should -HaveCount 3
        $last[-1].LineNumber | Should -Be $all[-1].LineNumber
    }

    It 'stops early when the pipeline has enough' {
        Import-FlexLmLog $log | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'follows a log that grows and is rotated' {
        $growing = Join-Path $TestDrive 'growing.log'
        Set-Content $growing '10:00:00 (lmgrd) TIMESTAMP 1/6/2025', '10:00:01 (MLM) OUT: "MATLAB" old@ws1'
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; Import-FlexLmLog '$growing' -Wait -Kind Out")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        function Wait-Count($Count) { for ($n = 0; $output.Count -lt $Count -and $n -lt 3000; $n++) { $null = $running.AsyncWaitHandle.WaitOne(20) } }
        Wait-Count 1
        Add-Content $growing '10:00:02 (MLM) OUT: "MATLAB" new@ws1'
        Wait-Count 2
        Move-Item $growing "$growing.1"
        Set-Content $growing '10:00:03 (MLM) OUT: "MATLAB" rotated@ws1'
        Wait-Count 3
        $shell.Stop()
        $output.User | Should -Be @('old', 'new', 'rotated')
        $shell.Dispose()
    }

    It 'reports a path that does not exist, and reads the others' {
        $events = Import-FlexLmLog (Join-Path $TestDrive none.log), $log -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
        $events.Count | Should -BeGreaterThan 10
    }

    It 'takes files from Get-ChildItem whose names contain brackets' {
        $folder = New-Item (Join-Path $TestDrive 'brackets') -ItemType Directory
        foreach ($name in 'mlm[1].log', 'mlm1.log', 'mlm[old.log') {
            [System.IO.File]::WriteAllText("$folder/$name", "10:00:00 (MLM) OUT: $name a@h`n")
        }
        $files = Get-ChildItem $folder
        ($files | Import-FlexLmLog).Feature | Should -Be $files.Name
        (Import-FlexLmLog "$folder/mlm[1].log").Feature | Should -Be 'mlm[1].log'
        (Import-FlexLmLog "$folder/mlm[12].log").Feature | Should -Be 'mlm1.log'
        (Import-FlexLmLog "$folder/mlm``[1``].log").Feature | Should -Be 'mlm[1].log'
    }

    It 'reads a pipe for longer than a second (Linux)' -Skip:(-not $IsLinux) {
        $pipe = Join-Path $TestDrive 'pipe'
        $script = Join-Path $TestDrive 'write'
        Set-Content $script "(head -n 20 '$log'; sleep 1.5; tail -n +21 '$log') > '$pipe'"
        & mkfifo $pipe
        $writer = Start-Process sh -ArgumentList $script -PassThru
        (Import-FlexLmLog $pipe).Count | Should -Be (Import-FlexLmLog $log).Count
        $writer.WaitForExit()
    }

    It 'follows a large log no faster than it is taken (Linux)' -Skip:(-not $IsLinux) {
        $large = Join-Path $TestDrive 'followed.log'
        [System.IO.File]::WriteAllText($large, "10:00:00 (lmgrd) TIMESTAMP 1/6/2025`n" + ('10:00:00 (MLM) OUT: "MATLAB" someone@ws1' + "`n") * 500000)
        function Get-BytesRead { [long] ((Get-Content /proc/self/io -TotalCount 1) -replace '\D') }
        $begin = Get-BytesRead
        $last = @{ Read = 0; Times = 0 }
        $read = Import-FlexLmLog $large -Wait | ForEach-Object {
            # Reading /proc also reads some bytes.
            Wait-Until -What 'the log is read no further' {
                $now = Get-BytesRead
                $last.Times = if ($now - $last.Read -lt 64KB) { $last.Times + 1 } else { 0 }
                $last.Read = $now
                $last.Times -ge 10
            }
            $last.Read - $begin
        } | Select-Object -First 1
        $read | Should -BeGreaterThan 64KB
        $read | Should -BeLessThan 10MB
    }

    It 'can be stopped in the middle of a large log that has no matching event' {
        $large = Join-Path $TestDrive 'large.log'
        $writer = [System.IO.StreamWriter]::new($large)
        $line = '10:00:00 (MLM) OUT: "MATLAB" someone@ws1' + "`n"
        $block = $line * 10000
        1..100 | ForEach-Object { $writer.Write($block) }
        $writer.Dispose()
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; while (`$true) { Import-FlexLmLog '$large' -User nobody; 'again' }")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        for ($n = 0; $output.Count -lt 1 -and $n -lt 6000; $n++) { $null = $running.AsyncWaitHandle.WaitOne(10) }
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }
}
