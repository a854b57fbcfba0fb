# The limits of this host, and what each cmdlet does there.
# Each test is a row of docs/fault-matrix.md, named '<fault> | <cmdlet> | <what happens>'.
BeforeDiscovery {
    $isolated = [bool] $env:PSLABNET_TEST_NAMESPACE
    $prlimit = $IsLinux -and (Get-Command prlimit -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultyServer.ps1')
    . (Join-Path $PSScriptRoot 'FaultyHost.ps1')
    $env:LM_LICENSE_FILE = $null
    $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
}

Describe 'A thousand license servers at once' -Tag CI {
    BeforeAll {
        # Wine opens and closes a socket in a process of its own, one at a time for all: 1,000 servers take it 12 s.
        $limit = if (Test-Wine) { 30 } else { 5 }

        # The servers run in a process of their own, so the handles of this process are those of the cmdlets.
        $park = Start-ServerPark -Up 900 -Refuse 90 -Silent 10
        $every = @{ Server = $park.Servers; TimeoutSeconds = $limit }
        $null = Get-FlexLmStatus @every
        $sockets = Get-OwnSocketCount

        function Assert-Hundred($Errors) {
            $Errors | Should -HaveCount 100
            $Errors.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Select-Object -Unique | Should -Be 'PSLabNet.ServerDown'
            $Errors.TargetObject | Sort-Object | Should -Be ($park.Down | Sort-Object)
        }
    }

    AfterEach { Get-OwnSocketCount | Should -Be $sockets -Because 'no socket may be left open' }

    AfterAll { Stop-ServerPark $park }

    It '1,000 servers at once, 100 of them dead | Get-FlexLmStatus | one object for each: 900 Up, 100 Down' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $status = Get-FlexLmStatus @every -Stream -ErrorVariable errors @quiet
        Write-Host ('    1000 servers, of which 10 are silent, in {0:0.0} s with -TimeoutSeconds {1}' -f $clock.Elapsed.TotalSeconds, $limit)
        $errors | Should -BeNullOrEmpty
        ($status | Where-Object Status -EQ Up).Server | Sort-Object | Should -Be ($park.Up | Sort-Object)
        ($status | Where-Object Status -EQ Down).Server | Sort-Object | Should -Be ($park.Down | Sort-Object)

        # The silent servers delay no other: with -Stream, they come last.
        $status[-10..-1].Error.SocketError | Select-Object -Unique | Should -Be 'TimedOut'
    }

    It '1,000 servers at once, 100 of them dead | Get-FlexLmFeature | 900 complete features, 100 errors ServerDown' {
        $features = Get-FlexLmFeature @every -ErrorVariable errors @quiet
        Assert-Hundred $errors
        $features | Should -HaveCount 900
        $features.IsComplete | Should -Not -Contain $false
        $features.Server | Sort-Object | Should -Be ($park.Up | Sort-Object)
    }

    It '1,000 servers at once, 100 of them dead | Get-FlexLmCheckout | 900 checkouts, 100 errors ServerDown' {
        $checkouts = Get-FlexLmCheckout @every -ErrorVariable errors @quiet
        Assert-Hundred $errors
        $checkouts.Server | Sort-Object | Should -Be ($park.Up | Sort-Object)
    }

    It '1,000 servers at once, 100 of them dead | Get-FlexLmLicense | the lines of 900, 100 errors ServerDown' {
        $lines = Get-FlexLmLicense @every -ErrorVariable errors @quiet
        Assert-Hundred $errors
        @($lines | Where-Object Kind -EQ Increment) | Should -HaveCount 900
    }

    It '1,000 servers at once, 100 of them dead | Export-FlexLmMetric | the file has 1 for 900 servers and 0 for 100' {
        $file = Join-Path $TestDrive 'park.prom'
        Export-FlexLmMetric $file @every -ErrorVariable errors @quiet
        Assert-Hundred $errors
        $text = Get-Content $file
        @($text -match '^flexlm_server_status\{.*\} 1$') | Should -HaveCount 900
        @($text -match '^flexlm_server_status\{.*\} 0$') | Should -HaveCount 100
        @($text -match '^flexlm_scrape_error\{.*\} 1$') | Should -HaveCount 100
        @($text -match '^flexlm_feature_used\{.*\} 1$') | Should -HaveCount 900
    }

    It '1,000 servers at once, 100 of them dead | Watch-FlexLmCheckout | 100 events ServerDown, once each' {
        $events = Watch-Beside ($every + @{ Count = 101; DurationSeconds = 0.01 })
        $events.Kind | Select-Object -Unique | Should -Be 'ServerDown'
        $events.Server | Sort-Object | Should -Be ($park.Down | Sort-Object)
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
