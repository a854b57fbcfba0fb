# Faults of this host, and what each cmdlet does then. Each test is a row of docs/fault-matrix.md,
# named '<fault> | <cmdlet> | <what happens>'.
BeforeDiscovery {
    $isLinuxRoot = $IsLinux -and (& id -u) -eq '0'
    $isolated = [bool] $env:PSLABNET_TEST_NAMESPACE
    $faketime = $env:OS -ne 'Windows_NT' -and (Get-Item /usr/lib/*/faketime/libfaketimeMT.so.1 -ErrorAction Ignore)
    $prlimit = $IsLinux -and (Get-Command prlimit -CommandType Application -ErrorAction Ignore)
    $setpriv = $isLinuxRoot -and (Get-Command setpriv -CommandType Application -ErrorAction Ignore)
    $loop = $isLinuxRoot -and @(Get-Command mkfs.ext4, losetup -CommandType Application -ErrorAction Ignore).Count -ge 2 -and (& losetup -f 2>$null)
    $exports = @(@{ Cmdlet = 'Export-FlexLmMetric' }, @{ Cmdlet = 'Export-FlexLmReport' }, @{ Cmdlet = 'Export-FlexLmSample' })
    $readers = @('Import-FlexLmLog', 'ConvertFrom-LmStat', 'Get-FlexLmLicense', 'Get-FlexLmOption', 'Import-FlexLmSample' | ForEach-Object { @{ Cmdlet = $_ } })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultyServer.ps1')
    . (Join-Path $PSScriptRoot 'FaultyHost.ps1')
    $env:LM_LICENSE_FILE = $null
    $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
    $server = Start-FlexLmSimulator -Vendor good -FeatureCount 300 -CheckoutCount 1

    function Get-FolderText($Folder) {
        (Get-ChildItem $Folder -ErrorAction Ignore | ForEach-Object { "$($_.Name) $($_.Length) $($_.LastWriteTimeUtc.Ticks)" }) -join "`n"
    }

    function Assert-OldFileStays($Cmdlet, $File) {
        # Fails to overwrite a file. The old file is unchanged, and no other file is beside it.
        $folder = Split-Path $File
        $before = Get-FolderText $folder
        & $Cmdlet $File -Server $server.Server -ErrorVariable errors @quiet
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
        $errors[0].CategoryInfo.Category | Should -Be 'WriteError'
        $errors[0].TargetObject | Should -Be $File
        Get-FolderText $folder | Should -Be $before
    }
}

AfterAll { Stop-FlexLmSimulator }

Describe 'Exports: a disk that is full, or read-only (Linux, root)' -Tag CI -Skip:(-not $isLinuxRoot) {
    BeforeEach {
        $disk = Join-Path $TestDrive 'disk'
        $file = Join-Path $disk 'old.txt'
    }

    AfterEach { Dismount-Disk $disk }

    It 'disk full | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
        Mount-TinyDisk $disk
        Set-Content $file 'old'
        & sh -c "head -c 48k /dev/zero > '$disk/fill'"
        Assert-OldFileStays $Cmdlet $file
        Get-Content $file | Should -Be 'old'
    }

    Context 'that shows it late (loop devices, mkfs.ext4)' -Skip:(-not $loop) {
        It 'disk full, found out late (share, quota, thin disk) | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
            Mount-ThinDisk $disk
            Set-Content $file 'old'
            Invoke-Program sync $file

            # Nothing is left where the disk really is.
            & sh -c "LC_ALL=C head -c 2m /dev/zero 2>&1 > '$disk.thin/fill'" | Should -BeLike '*No space left*'
            Assert-OldFileStays $Cmdlet $file
            Get-Content $file | Should -Be 'old'
        }
    }

    It 'read-only mount | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
        Mount-TinyDisk $disk
        Set-Content $file 'old'
        Invoke-Program mount -o 'remount,ro' $disk
        { Set-Content (Join-Path $disk 'new.txt') 'new' -ErrorAction Stop } | Should -Throw '*Read-only*'
        Assert-OldFileStays $Cmdlet $file
        Get-Content $file | Should -Be 'old'
    }
}

Describe 'Exports: a path that cannot be written' -Tag CI {
    It 'read-only file | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
        $file = Join-Path $TestDrive "$Cmdlet/old.txt"
        $null = New-Item $file -Force -Value 'old'
        Set-ItemProperty $file IsReadOnly $true
        Assert-OldFileStays $Cmdlet $file
        Get-Content $file | Should -Be 'old'
        (Get-Item $file).IsReadOnly | Should -BeTrue
    }

    It 'folder missing | <Cmdlet> | an error FileNotWritable; no folder is made' -ForEach $exports {
        Assert-OldFileStays $Cmdlet (Join-Path $TestDrive 'no.such/x.txt')
        Join-Path $TestDrive 'no.such' | Should -Not -Exist
    }

    It 'a folder in place of the file | <Cmdlet> | an error FileNotWritable; the folder stays' -ForEach $exports {
        $folder = Join-Path $TestDrive "$Cmdlet.folder"
        $null = New-Item "$folder/inside.txt" -Force -Value 'inside'
        Assert-OldFileStays $Cmdlet $folder
        Get-Content "$folder/inside.txt" | Should -Be 'inside'
    }

    It 'a path that is not a file (<Path>) | <Cmdlet> | an error FileNotWritable before any server is queried' -ForEach @(
        foreach ($export in $exports) { foreach ($path in 'env:PSLABNET_X', 'nodrive:x', 'null\0') { @{ Cmdlet = $export.Cmdlet; Path = $path } } }
    ) {
        $before = $server.Connections
        & $Cmdlet ($Path -replace '\\0', "`0") -Server $server.Server -ErrorVariable errors @quiet
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
        $server.Connections | Should -Be $before
    }
}

Describe 'Files that cannot be read' -Tag CI {
    BeforeAll {
        # Each cmdlet with a file that it reads, and the output that it writes.
        $samples = @{
            'Import-FlexLmLog'  = Join-Path $root 'tests/corpus/logs/vendor.log'
            'ConvertFrom-LmStat' = (Get-ChildItem (Join-Path $root 'tests/corpus/lmstat') -Filter *.txt | Select-Object -First 1).FullName
            'Get-FlexLmLicense' = Join-Path $TestDrive 'sample.lic'
            'Get-FlexLmOption'  = Join-Path $TestDrive 'sample.opt'
            'Import-FlexLmSample' = Join-Path $TestDrive 'sample.csv'
        }
        Set-Content $samples['Get-FlexLmLicense'] 'SERVER this_host ANY', 'VENDOR MLM', 'INCREMENT MATLAB MLM 52 permanent 10 SIGN=1'
        Set-Content $samples['Get-FlexLmOption'] 'TIMEOUT MATLAB 3600', 'MAX 2 MATLAB USER anna'
        Export-FlexLmSample $samples['Import-FlexLmSample'] -Server $server.Server @quiet

        function Assert-OtherIsRead($Cmdlet, $Bad, $Id, $Category) {
            # The other file is read as if it were the only one.
            $alone = & $Cmdlet -Path $samples[$Cmdlet] @quiet
            $read = & $Cmdlet -Path $Bad, $samples[$Cmdlet] -ErrorVariable errors @quiet
            $errors | Should -HaveCount 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike "PSLabNet.$Id,*"
            $errors[0].CategoryInfo.Category | Should -Be $Category
            $errors[0].TargetObject | Should -Be $Bad
            @($read) | Should -HaveCount @($alone).Count
        }
    }

    It 'file missing | <Cmdlet> | an error PathNotFound; the other files are read' -ForEach $readers {
        Assert-OtherIsRead $Cmdlet (Join-Path $TestDrive 'missing.txt') 'PathNotFound' 'ObjectNotFound'
    }

    Context 'that vanish (links, and removing an open file: Linux)' -Skip:(-not $IsLinux) {
        It 'file vanishes before it is opened | <Cmdlet> | an error FileNotReadable; the other files are read' -ForEach $readers {
            # A link to nothing: there when the path is resolved, and not there when it is opened.
            $link = Join-Path $TestDrive "$Cmdlet.vanished"
            & ln -s "$link.gone" $link
            Assert-OtherIsRead $Cmdlet $link 'FileNotReadable' 'ReadError'
        }

        It 'file vanishes while it is read | <Cmdlet> | it is read to its end' -ForEach $readers {
            $copy = Join-Path $TestDrive "$Cmdlet.going"
            Copy-Item $samples[$Cmdlet] $copy
            $alone = @(& $Cmdlet -Path $copy @quiet)
            $read = & $Cmdlet -Path $copy -ErrorVariable errors @quiet | ForEach-Object { Remove-Item $copy -ErrorAction Ignore; $_ }
            $errors | Should -BeNullOrEmpty
            @($read) | Should -HaveCount $alone.Count
            $copy | Should -Not -Exist
        }
    }

    It 'a folder in place of the file | <Cmdlet> | an error FileNotReadable; the other files are read' -ForEach $readers {
        $folder = Join-Path $TestDrive "$Cmdlet.folder"
        $null = New-Item -ItemType Directory $folder
        Assert-OtherIsRead $Cmdlet $folder 'FileNotReadable' 'PermissionDenied'
    }

    It 'file open in its writer | <Cmdlet> | it is read anyway' -ForEach $readers {
        $copy = Join-Path $TestDrive "$Cmdlet.open"
        Copy-Item $samples[$Cmdlet] $copy
        $alone = @(& $Cmdlet -Path $copy @quiet)
        $writer = [System.IO.File]::Open($copy, 'Open', 'ReadWrite', 'ReadWrite')
        try {
            $read = & $Cmdlet -Path $copy -ErrorVariable errors @quiet
        }
        finally {
            $writer.Dispose()
        }

        $errors | Should -BeNullOrEmpty
        @($read) | Should -HaveCount $alone.Count
    }

    It 'file locked by its writer | <Cmdlet> | an error FileNotReadable; the other files are read' -ForEach $readers {
        $copy = Join-Path $TestDrive "$Cmdlet.locked"
        Copy-Item $samples[$Cmdlet] $copy
        $writer = [System.IO.File]::Open($copy, 'Open', 'ReadWrite', 'None')
        try {
            Assert-OtherIsRead $Cmdlet $copy 'FileNotReadable' 'ReadError'
        }
        finally {
            $writer.Dispose()
        }
    }
}

Describe 'Files and folders that this account may not use (Linux, root, setpriv)' -Tag CI -Skip:(-not $setpriv) {
    BeforeAll {
        # Without the right to bypass permissions, root is an account like any other.
        $folder = Join-Path $TestDrive 'closed'
        $null = New-Item "$folder/old.txt" -Force -Value 'old'
        foreach ($name in 'closed.log', 'closed.lic', 'closed.opt', 'closed.csv') { Set-Content (Join-Path $TestDrive $name) 'closed'; & chmod 000 (Join-Path $TestDrive $name) }
        & chmod 555 $folder
        $result = Invoke-Deprived -By setpriv, '--bounding-set=-dac_override,-dac_read_search' -Given @{ Folder = $folder; Drive = "$TestDrive"; Server = $server.Server } {
            $out = @{}
            foreach ($cmdlet in 'Export-FlexLmMetric', 'Export-FlexLmReport', 'Export-FlexLmSample') {
                & $cmdlet "$($given.Folder)/old.txt" -Server $given.Server -ErrorVariable errors -ErrorAction SilentlyContinue
                $out[$cmdlet] = @($errors.FullyQualifiedErrorId)
            }
            foreach ($pair in @('Import-FlexLmLog', 'closed.log'), @('ConvertFrom-LmStat', 'closed.log'), @('Get-FlexLmLicense', 'closed.lic'), @('Get-FlexLmOption', 'closed.opt'), @('Import-FlexLmSample', 'closed.csv')) {
                & $pair[0] -Path "$($given.Drive)/$($pair[1])" -ErrorVariable errors -ErrorAction SilentlyContinue
                $out[$pair[0]] = @($errors | ForEach-Object { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category)" })
            }
            ConvertTo-Json $out -Compress
        }
    }

    It 'folder not writable | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
        $result.$Cmdlet | Should -HaveCount 1
        $result.$Cmdlet | Should -BeLike 'PSLabNet.FileNotWritable,*'
        (Get-ChildItem $folder).Name | Should -Be 'old.txt'
        Get-Content "$folder/old.txt" | Should -Be 'old'
    }

    It 'file not readable | <Cmdlet> | an error FileNotReadable, PermissionDenied' -ForEach $readers {
        $result.$Cmdlet | Should -HaveCount 1
        $result.$Cmdlet | Should -BeLike 'PSLabNet.FileNotReadable,* PermissionDenied'
    }
}

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

Describe 'Handles run out (Linux, prlimit)' -Tag CI -Skip:(-not $prlimit) {
    BeforeAll {
        # PowerShell itself has about 150 open, so a lower limit makes no sense.
        $park = Start-ServerPark -Up 200 -Refuse 1 -Silent 1
        $given = @{ Servers = $park.Up; Closed = $park.Down[0]; Log = Join-Path $root 'tests/corpus/logs/vendor.log'; File = Join-Path $TestDrive 'handles.prom' }
        Set-Content $given.File 'old'
        $result = Invoke-Deprived -By prlimit, --nofile=256 -Given $given {
            $all = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'errors' }
            $runs = [ordered]@{
                'Get-FlexLmStatus'    = { Get-FlexLmStatus $given.Servers[0] @all | ForEach-Object { "$($_.Status) $($_.Error.Code) $($_.Error.SocketError)" } }
                'Get-FlexLmFeature'   = { Get-FlexLmFeature -Server $given.Servers[0] @all }
                'Export-FlexLmMetric' = { Export-FlexLmMetric $given.File -Server $given.Servers[0] @all }
                'Import-FlexLmLog'    = { Import-FlexLmLog $given.Log @all }
                'Find-IcePap'         = { Find-IcePap -Interface lo -TimeoutSeconds 0.1 @all }
                'Set-IcePapNetwork'   = { Set-IcePapNetwork 02:00:00:00:00:01 -Hostname x -Interface lo -TimeoutSeconds 0.1 -Confirm:$false @all }
                'Watch-IcePapTraffic' = { Watch-IcePapTraffic -Interface lo -DurationSeconds 0.1 @all }
            }

            # The runtime ends a process that can't load an assembly. So everything is used once before, including what an
            # error needs.
            foreach ($name in $runs.Keys) { $null = . $runs[$name] }
            $null = Get-FlexLmStatus $given.Closed
            $null = Get-FlexLmFeature -Server $given.Closed @all
            $null = Import-FlexLmLog /dev @all
            $null = Export-FlexLmMetric /dev/none/x.prom -Server $given.Closed @all
            $null = Find-IcePap -Interface none @all
            $status = Get-FlexLmStatus $given.Servers -TimeoutSeconds 30
            $out = @{ Before = @($status | Group-Object Status | ForEach-Object { "$($_.Name) $($_.Count)" }) }
            Set-Content $given.File 'old'
            $held = [System.Collections.Generic.List[object]]::new()
            try { [System.IO.File]::OpenRead('/dev/nothing') } catch { $null = $_ }
            try { while ($true) { $held.Add([System.IO.File]::OpenRead('/dev/null')) } } catch { $null = $_ }
            foreach ($name in $runs.Keys) {
                $output = try { . $runs[$name] } catch { "ended by $($_.Exception)" }
                $out[$name] = @{ Output = @($output); Errors = @($errors | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) }
            }
            foreach ($handle in $held) { $handle.Dispose() }
            $out.After = @(Get-FlexLmStatus $given.Servers -TimeoutSeconds 30 | Where-Object Status -EQ Up).Count
            ConvertTo-Json $out -Depth 5 -Compress
        }
    }

    AfterAll { Stop-ServerPark $park }

    It 'few handles (256) for 200 servers | Get-FlexLmStatus | all are Up: no more than -ThrottleLimit are queried at once' {
        $result.Before | Should -Be 'Up 200'
    }

    It 'no handle left | Get-FlexLmStatus | Down with LM_CANTCONNECT, TooManyOpenSockets; afterwards all are Up' {
        $result.'Get-FlexLmStatus'.Output | Should -Be 'Down -15 TooManyOpenSockets'
        $result.'Get-FlexLmStatus'.Errors | Should -BeNullOrEmpty
        $result.After | Should -Be 200
    }

    It 'no handle left | Get-FlexLmFeature | an error ServerDown' {
        $result.'Get-FlexLmFeature'.Errors | Should -Be 'PSLabNet.ServerDown'
        $result.'Get-FlexLmFeature'.Output | Should -BeNullOrEmpty
    }

    It 'no handle left | Export-FlexLmMetric | errors ServerDown and FileNotWritable; the old file is whole' {
        $result.'Export-FlexLmMetric'.Errors | Sort-Object | Should -Be @('PSLabNet.FileNotWritable', 'PSLabNet.ServerDown')
        $result.'Export-FlexLmMetric'.Output | Should -BeNullOrEmpty
        Get-Content (Join-Path $TestDrive 'handles.prom') | Should -Be 'old'
    }

    It 'no handle left | Import-FlexLmLog | an error FileNotReadable' {
        $result.'Import-FlexLmLog'.Errors | Should -Be 'PSLabNet.FileNotReadable'
        $result.'Import-FlexLmLog'.Output | Should -BeNullOrEmpty
    }

    It 'no handle left | <_> | an error NoNetwork' -ForEach 'Find-IcePap', 'Set-IcePapNetwork', 'Watch-IcePapTraffic' {
        $result.$_.Errors | Should -Be 'PSLabNet.NoNetwork'
        $result.$_.Output | Should -BeNullOrEmpty
    }
}

Describe 'Many devices at once (in a network namespace of the test)' -Tag CI -Skip:(-not $isolated) {
    BeforeAll {
        $devices = Start-LabProcess -Count 10000 -Interface devices -Namespace "$env:PSLABNET_TEST_NAMESPACE-A"
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; Watch-IcePapTraffic -Interface labA -Command SEND_CONFIG -Verbose")
        $none = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $none.Complete()
        $heard = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke($none, $heard)
        while (-not ($shell.Streams.Verbose -match 'Listening') -and -not $running.IsCompleted) { $null = $running.AsyncWaitHandle.WaitOne(10) }
        $found = Find-IcePap -Interface labA -WarningVariable warnings -WarningAction SilentlyContinue
    }

    AfterAll {
        $shell.Stop()
        $shell.Dispose()
        Stop-LabProcess $devices
    }

    It '10,000 devices at once | Find-IcePap | finds each once' {
        $found | Should -HaveCount 10000
        [System.Collections.Generic.HashSet[string]]::new([string[]] $found.MacAddress).Count | Should -Be 10000
        $warnings | Should -BeNullOrEmpty
    }

    It '10,000 devices at once | Watch-IcePapTraffic | every answer that it receives is complete' {
        for ($n = 0; $heard.Count -lt 10000 -and $n -lt 3000; $n++) { $null = $running.AsyncWaitHandle.WaitOne(20) }
        $packets = $heard.ReadAll()
        @($packets | Where-Object IsValid -EQ $false) | Should -HaveCount 0
        $shell.Streams.Error.Count | Should -Be 0
        Write-Host ('    {0} answers of {1} devices' -f $packets.Count, [System.Collections.Generic.HashSet[string]]::new([string[]] $packets.Packet.Source).Count)
        [System.Collections.Generic.HashSet[string]]::new([string[]] $packets.Packet.Source).Count | Should -Be 10000
    }
}
