# The jobs of docs/scheduled-tasks.md, every five minutes for a day, without the pauses: 288 rounds against license servers that come and
# go, with a disk that is full for four hours. All rounds run in this session, where a script's exit code is $LASTEXITCODE. Some
# of them run in a process of their own too, like a scheduled task; each takes about a second.
BeforeDiscovery { $isLinuxRoot = $IsLinux -and (& id -u) -eq '0' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultyHost.ps1')
    $rounds = 24 * 60 / 5
    $diskMegabytes = 1

    # Which server is down, and when the disk is full: from one round to before another one.
    $down = @{ 0 = @(40, 80), @(200, 220); 1 = @(60, 120), @(170, 180); 2 = @(10, 11), @(75, 76), @(210, 230), @(250, 287) }
    $full = @(140, 188)
    $inProcess = 0, 40, 75, 140, 175, 188, 287

    function Test-Within([int] $Round, $Spans) { @($Spans | Where-Object { $Round -ge $_[0] -and $Round -lt $_[1] }).Count -gt 0 }

    function Test-Full([int] $Round) { $Round -ge $full[0] -and $Round -lt $full[1] }
}

Describe 'Jobs every five minutes for a day (Linux, root)' -Tag CI -Skip:(-not $isLinuxRoot) {
    BeforeAll {
        $scripts = Join-Path $TestDrive 'jobs'
        $modules = Join-Path $TestDrive 'modules'
        $disk = Join-Path $TestDrive 'disk'
        $null = New-Item -ItemType Directory $scripts, $modules, $disk
        foreach ($block in [regex]::Matches((Get-Content (Join-Path $root 'docs/scheduled-tasks.md') -Raw), '(?ms)^```powershell\r?\n# (?<name>\S+\.ps1)\r?\n(?<text>.*?)^```')) {
            Set-Content (Join-Path $scripts $block.Groups['name'].Value) $block.Groups['text'].Value
        }

        # The module is found by its name, like an installed one.
        $null = New-Item -ItemType SymbolicLink -Path (Join-Path $modules 'PSLabNet') -Target $root
        $before = @{ ModulePath = $env:PSModulePath; TempPath = $env:TMPDIR }
        $env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
        Remove-Module PSLabNet
        Import-Module PSLabNet
        Invoke-Program mount -t tmpfs -o "size=$($diskMegabytes)m" tmpfs $disk

        $metrics = Join-Path $disk 'flexlm.prom'
        $page = Join-Path $disk 'report.html'
        $servers = @(foreach ($n in 0..2) { Start-FlexLmSimulator -Vendor "vendor$n" -FeatureCount 10 -CheckoutCount 2 })
        $ports = @($servers.Port)
        $names = @($servers.Server)

        function Set-Round([int] $Round) {
            # Starts and stops what comes and goes in this round.
            foreach ($n in 0..2) {
                $isDown = Test-Within $Round $down[$n]
                if ($isDown -and $servers[$n]) { $servers[$n] | Stop-FlexLmSimulator; $servers[$n] = $null }
                elseif (-not $isDown -and -not $servers[$n]) { $servers[$n] = Start-FlexLmSimulator -Vendor "vendor$n" -FeatureCount 10 -CheckoutCount 2 -Port $ports[$n] }
            }

            # The system writes as much as there is room for.
            if ($Round -eq $full[0]) { $null = & sh -c "head -c $($diskMegabytes)m /dev/zero 2>&1 > '$disk/fill'" }
            if ($Round -eq $full[1]) { Remove-Item "$disk/fill" }
        }

        function Invoke-Here([string] $Name, [hashtable] $With) {
            $output = & (Join-Path $scripts $Name) @With
            [pscustomobject] @{ Code = $LASTEXITCODE; Text = $output -join "`n" }
        }

        function Invoke-InProcess([string] $Name, [string[]] $With) {
            $output = Invoke-PowerShell -File (Join-Path $scripts $Name) @With 2>&1
            [pscustomobject] @{ Code = $LASTEXITCODE; Text = $output -join "`n" }
        }

        function Get-MetricFault([string] $Text, [int] $Round) {
            # What is wrong with the metrics of a round; nothing if all is right.
            if (-not $Text.EndsWith("`n")) { 'it does not end with a line' }
            foreach ($line in $Text.TrimEnd() -split "`n") {
                if ($line -notmatch '^(# (HELP|TYPE) \w+ .+|\w+\{.*\} (\d+(\.\d+)?|\+Inf))$') { "no metric: $line" }
            }

            foreach ($n in 0..2) {
                $is = [int] -not (Test-Within $Round $down[$n])
                if ($Text -notmatch "(?m)^flexlm_server_status\{app=`"$([regex]::Escape($names[$n]))`".*\} $is`$") { "$($names[$n]) is not $is" }
                if ($Text -notmatch "(?m)^flexlm_scrape_error\{collector=`"lmstat`",name=`"$([regex]::Escape($names[$n]))`"\} $(1 - $is)`$") { "$($names[$n]) has no scrape_error $(1 - $is)" }
            }

            $issued = [regex]::Matches($Text, '(?m)^flexlm_feature_issued\{').Count
            $up = @(0..2 | Where-Object { -not (Test-Within $Round $down[$_]) }).Count
            if ($issued -ne 10 * $up) { "$issued features of $up servers" }
        }
    }

    AfterAll {
        Stop-FlexLmSimulator
        Stop-IcePapSimulator
        $env:PSModulePath = $before.ModulePath
        $env:TMPDIR = $before.TempPath
        # The other files of this session would look for its views in a folder that is gone.
        Remove-Module PSLabNet
        Dismount-Disk $disk
    }

    It 'end with 0, 1 or 2 as their page says, keep the last good files while the disk is full, and end with good files' {
        $faults = [System.Collections.Generic.List[string]]::new()
        $codes = @{ 0 = 0; 1 = 0; 2 = 0 }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        for ($round = 0; $round -lt $rounds; $round++) {
            Set-Round $round
            $anyDown = @(0..2 | Where-Object { Test-Within $round $down[$_] }).Count -gt 0
            $isFull = Test-Full $round
            $kept = if ($isFull) { @{ Metrics = Get-Content $metrics -Raw; Page = Get-Content $page -Raw } }

            $expected = if ($isFull) { 2 } else { [int] $anyDown }
            $job = Invoke-Here Export-LicenseMetric.ps1 @{ Path = $metrics; Server = $names }
            $codes[$job.Code]++
            if ($job.Code -ne $expected) { $faults.Add("round ${round}: metrics ended with $($job.Code), not $expected. $($job.Text)") }
            $alert = Invoke-Here Test-License.ps1 @{ Server = $names }
            if ($alert.Code -ne [int] $anyDown) { $faults.Add("round ${round}: the alert ended with $($alert.Code). $($alert.Text)") }
            Export-FlexLmReport $page -Server $names -TimeoutSeconds 30 -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            if ([bool] ($problems.FullyQualifiedErrorId -match '^PSLabNet\.FileNotWritable,') -ne $isFull) { $faults.Add("round ${round}: the report says $problems") }

            if ($isFull) {
                if ((Get-Content $metrics -Raw) -cne $kept.Metrics -or (Get-Content $page -Raw) -cne $kept.Page) { $faults.Add("round ${round}: a good file has changed") }
            }
            else {
                Get-MetricFault (Get-Content $metrics -Raw) $round | ForEach-Object { $faults.Add("round ${round}: metrics: $_") }
                if ((Get-Content $page -Raw) -notmatch '(?s)^<!doctype html>.*</html>\s*$') { $faults.Add("round ${round}: the report is not whole") }
            }

            $others = @(Get-ChildItem $disk -Force | Where-Object Name -NotIn 'flexlm.prom', 'report.html', 'fill')
            if ($others) { $faults.Add("round ${round}: left behind: $others") }
            if ($round -in $inProcess) {
                $process = Invoke-InProcess Export-LicenseMetric.ps1 '-Path', $metrics, '-Server', ($names -join ';')
                if ($process.Code -ne $expected) { $faults.Add("round ${round}: the process of the metrics ended with $($process.Code), not $expected. $($process.Text)") }
            }
        }

        Write-Host ('    {0} rounds in {1:0} s; the metrics ended {2} times with 0, {3} with 1, {4} with 2' -f $rounds, $clock.Elapsed.TotalSeconds, $codes[0], $codes[1], $codes[2])
        $faults -join "`n" | Should -BeNullOrEmpty
        $codes.Values | ForEach-Object { $_ | Should -BeGreaterThan 0 }
        Get-MetricFault (Get-Content $metrics -Raw) ($rounds - 1) | Should -BeNullOrEmpty
        (Get-Content $metrics -Raw) | Should -Not -Match 'flexlm_server_status\{.*\} 0'
    }

    It 'mail nothing and end with 2 while the temporary folder is on the full disk' {
        $null = & sh -c "head -c $($diskMegabytes)m /dev/zero 2>&1 > '$disk/fill'"
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        try {
            $env:TMPDIR = $disk
            $job = Invoke-InProcess Send-LicenseReport.ps1 '-To', 'a@b.c', '-From', 'a@b.c', '-SmtpServer', '127.0.0.1', '-SmtpPort', $listener.LocalEndpoint.Port, '-Server', ($names -join ';')
            $job.Code | Should -Be 2 -Because $job.Text
            $job.Text | Should -Match 'The report was not sent: .*space'
            $listener.Pending() | Should -BeFalse
        }
        finally {
            $env:TMPDIR = $before.TempPath
            $listener.Stop()
            Remove-Item "$disk/fill"
        }
    }

    It 'compare controllers with a saved inventory while the disk is full' {
        $device = Start-IcePapSimulator -MacAddress (New-LabMac) -Hostname inv-a -IPAddress 10.9.8.1
        $inventory = Join-Path $disk 'inventory.csv'
        $with = @{ Path = $inventory; Interface = $loopback }
        Find-IcePap -Interface $loopback -TimeoutSeconds 2 | Export-Csv $inventory -NoTypeInformation
        (Invoke-Here Compare-IcePapInventory.ps1 $with).Code | Should -Be 0
        $kept = Get-Content $inventory -Raw
        Set-IcePapNetwork $device.MacAddress -Hostname inv-b -Interface $loopback -Confirm:$false
        $null = & sh -c "head -c $($diskMegabytes)m /dev/zero 2>&1 > '$disk/fill'"
        $job = Invoke-Here Compare-IcePapInventory.ps1 $with
        $job.Code | Should -Be 1 -Because $job.Text
        $job.Text | Should -Match 'Hostname inv-b -> inv-a'
        Get-Content $inventory -Raw | Should -Be $kept
        Remove-Item "$disk/fill"
    }
}
