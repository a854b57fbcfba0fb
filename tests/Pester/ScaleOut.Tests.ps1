# Takes the scripts from docs/scale-out.md and runs them: in jobs, in threads, and over a real SSH server.
BeforeDiscovery {
    $sshd = Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $ssh = Get-Command ssh -CommandType Application -ErrorAction Ignore
    $why = if ($PSVersionTable.PSVersion -lt [version] '7.3') { 'SSH remoting with options needs PowerShell 7.3.' }
    elseif ($IsWindows) { 'the SSH server of Windows is a service, which a test does not set up.' }
    elseif (-not $sshd) { 'sshd is not installed (apt-get install openssh-server).' }
    elseif (-not $ssh) { 'ssh is not installed (apt-get install openssh-client).' }
    elseif ((& id -u) -ne '0') { 'sshd is started by root here.' }
    if ($why) { Write-Warning "Nothing is run over SSH: $why" }

    $threads = [bool] (Get-Command Start-ThreadJob -ErrorAction Ignore)
    if (-not $threads) { Write-Warning 'Thread jobs are not tested: Install-Module ThreadJob installs them.' }
    $parallel = $PSVersionTable.PSVersion.Major -ge 7
    # Wine has no WS-Management: there Test-WSMan throws.
    $winRM = $env:OS -eq 'Windows_NT' -and $(try { [bool] (Test-WSMan -ErrorAction Ignore) } catch { $false })
    if (-not $winRM) { Write-Warning 'Nothing is run over WinRM: it is Windows only, and Enable-PSRemoting turns it on.' }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $page = Get-Content (Join-Path $root 'docs/scale-out.md') -Raw
    $scripts = Join-Path $TestDrive 'scripts'
    $null = New-Item -ItemType Directory $scripts
    foreach ($block in [regex]::Matches($page, '(?ms)^```powershell\r?\n# (?<name>\S+\.ps1)\r?\n(?<text>.*?)^```')) {
        Set-Content (Join-Path $scripts $block.Groups['name'].Value) $block.Groups['text'].Value
    }

    # The module is found by its name, like an installed one, here and in every process that is started.
    $modules = Join-Path $TestDrive 'modules'
    Copy-LabModule $modules
    $pathBefore = $env:PSModulePath
    $env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
    Remove-Module PSLabNet
    Import-Module PSLabNet

    $one = Start-FlexLmSimulator -Vendor first -FeatureCount 3 -CheckoutCount 2 -ReservationCount 1
    $two = Start-FlexLmSimulator -Vendor second -FeatureCount 2
    $dead = Start-FlexLmSimulator -Fault Refuse

    function ConvertTo-Bag {
        # The object as it would arrive from another process, but without such a process.
        param([Parameter(ValueFromPipeline)] $Value)
        process { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Value)) }
    }

    function Get-Said {
        # The text that is shown for the objects.
        ($input | Out-String -Width 200).Trim()
    }
}

AfterAll {
    $env:PSModulePath = $pathBefore
    Stop-FlexLmSimulator
    Stop-IcePapSimulator
    Remove-Module PSLabNet
}

Describe 'An object that comes back from a job' {
    BeforeAll {
        $brief = Start-FlexLmSimulator -Vendor brief -FeatureCount 2 -CheckoutCount 2 -ReservationCount 1
        $live = Get-FlexLmFeature -Server $brief.Server
        $back = & (Join-Path $scripts 'Get-LicenseInJob.ps1') -Server $brief.Server
        $status = Get-FlexLmStatus -Server $brief.Server
        $backStatus = Start-Job { Get-FlexLmStatus -Server $args[0], '1@127.0.0.1' } -ArgumentList $brief.Server | Receive-Job -Wait -AutoRemoveJob

        # From here on, a second query would fail.
        $brief | Stop-FlexLmSimulator
    }

    It 'looks the same' {
        $back[0].pstypenames[0] | Should -Be 'Deserialized.PSLabNet.FlexLm.FlexLmFeature'
        $back | Format-Table | Get-Said | Should -Be ($live | Format-Table | Get-Said)
        $back[0].Pools | Format-Table | Get-Said | Should -Be ($live[0].Pools | Format-Table | Get-Said)
        "$($back[0])" | Should -Be "$($live[0])"
    }

    It 'is unrolled into checkouts without a second query' {
        $checkouts = $back | Get-FlexLmCheckout -ErrorAction Stop
        $checkouts | Should -HaveCount 6
        $checkouts[0] | Should -BeOfType PSLabNet.FlexLm.FlexLmCheckout
        $expected = @($live | Get-FlexLmCheckout)
        $again = @($live | ConvertTo-Bag | Get-FlexLmCheckout)
        ConvertTo-Json $again -Depth 4 | Should -BeExactly (ConvertTo-Json $expected -Depth 4)
        Get-FlexLmCheckout -InputObject $back | Should -HaveCount 6
        $back | Get-FlexLmCheckout -User user1 | Should -HaveCount 2
    }

    It 'makes the same metrics and the same report' {
        $here = Join-Path $TestDrive 'here'
        $there = Join-Path $TestDrive 'there'
        @($status) + $live | Export-FlexLmMetric "$here.prom" -ErrorAction Stop
        @($status) + $live | ConvertTo-Bag | Export-FlexLmMetric "$there.prom" -ErrorAction Stop
        Get-Content "$there.prom" | Should -Be (Get-Content "$here.prom")
        @($backStatus) + $back | Export-FlexLmReport "$there.html" -ErrorAction Stop
        Get-Content "$there.html" -Raw | Should -Match 'brief_feature001'
        Get-Content "$there.html" -Raw | Should -Match '1@127.0.0.1'
    }

    It 'still works after Select-Object, which adds a type name before its own' {
        $first = $live | ConvertTo-Bag | Select-Object -First 1
        $first.pstypenames[0] | Should -BeLike 'Selected.*'
        $first | Get-FlexLmCheckout -ErrorAction Stop | Should -HaveCount 3
        $metrics = Join-Path $TestDrive 'selected.prom'
        $first | Export-FlexLmMetric $metrics -ErrorAction Stop
        Get-Content $metrics -Raw | Should -Match 'brief_feature001'
    }

    It 'is complete, down to the words of a license line and the time' {
        $bag = $live[0] | ConvertTo-Bag
        $line = @($live[0].Pools | ForEach-Object { $_.Lines })[0]
        "$($bag.Pools[0].Lines[0].Attributes)" | Should -Be "$($line.Attributes)"
        $bag.Pools[0].Lines[0].LineNumber | Should -Be $line.LineNumber
        ($bag | Get-FlexLmCheckout)[0].Since | Should -BeOfType datetimeoffset
        $bag.CheckedAt.DateTime | Should -Be $live[0].CheckedAt.DateTime
    }

    It 'has states that compare with their names' {
        ($backStatus | Where-Object Status -EQ Down).Server | Should -Be '1@127.0.0.1'
        ($backStatus | Where-Object Status -EQ Up).Vendors[0].Status -eq 'Up' | Should -BeTrue
        $back[0].LicenseType -eq 'Floating' | Should -BeTrue
    }

    It 'gives an error when it cannot be restored' {
        $bag = $live[0] | ConvertTo-Bag
        $bag | Add-Member -NotePropertyName Issued -NotePropertyValue 'many' -Force
        $bag | Export-FlexLmMetric (Join-Path $TestDrive 'bad.prom') -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId -replace ',.*' | Should -Be 'PSLabNet.WrongInput', 'PSLabNet.NothingToWrite'
        { Get-FlexLmCheckout -InputObject $bag } | Should -Throw '*many*'
    }
}

Describe 'The scripts of docs/scale-out.md' {
    It 'are six, and parse in every PowerShell that they support' {
        (Get-ChildItem $scripts).Count | Should -Be 6
        foreach ($script in Get-ChildItem $scripts | Where-Object Name -NE 'Get-LicenseInParallel.ps1') {
            Get-Content $script.FullName -Raw | Should -Not -Match '\?\?|-Parallel| \? .* : ' -Because $script.Name
        }
    }

    It 'ask in parallel (PowerShell 7)' -Skip:(-not $parallel) {
        $found = & (Join-Path $scripts 'Get-LicenseInParallel.ps1') -Server $one.Server, $two.Server, $dead.Server | Sort-Object Features
        $found | Should -HaveCount 3
        $found.Features | Should -Be 0, 2, 3
        "$($found[0].Status)" | Should -Be 'Down'
    }

    It 'watch in threads (ThreadJob)' -Skip:(-not $threads) {
        $job = Start-ThreadJob { param($script, $servers) & $script -Server $servers -Seconds 8 } -ArgumentList (Join-Path $scripts 'Watch-License.ps1'), @($one.Server, $two.Server)
        $limit = [datetime]::UtcNow.AddSeconds(6)
        $taken = 0
        # Checks out again and again until the watch reports it.
        do {
            $null = $two.Checkout('second_feature001', "late$taken", 'ws9', ':0', 1)
            $taken++
            $seen = $job | Wait-Job -Timeout 1
        } until ($seen -or [datetime]::UtcNow -gt $limit)
        $events = $job | Receive-Job -Wait -AutoRemoveJob
        $events | Where-Object { "$($_.Checkout.User)$($_.User)" -like 'late*' } | Should -Not -BeNullOrEmpty
    }

    It 'run over WinRM (Windows, Enable-PSRemoting)' -Skip:(-not $winRM) {
        $back = & (Join-Path $scripts 'Get-RemoteLicense.ps1') @{ ComputerName = 'localhost' } -Server $one.Server
        $back | Get-FlexLmCheckout | Should -HaveCount 9
    }
}

Describe 'Over SSH (root, PowerShell 7, openssh-server, openssh-client)' -Tag CI -Skip:([bool] $why) {
    BeforeAll {
        # The test starts its own server, on loopback and with its own keys, and stops it afterwards.
        $folder = Join-Path $TestDrive 'ssh'
        $null = New-Item -ItemType Directory $folder
        foreach ($key in 'host', 'user') { & ssh-keygen -q -t ed25519 -N '' -C $key -f "$folder/$key" }
        Copy-Item "$folder/user.pub" "$folder/authorized_keys"
        $probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $probe.Start()
        $port = $probe.LocalEndpoint.Port
        $probe.Stop()
        Set-Content "$folder/known_hosts" "[127.0.0.1]:$port $((Get-Content "$folder/host.pub") -replace ' host$')"
        Set-Content "$folder/sshd_config" @"
Port $port
ListenAddress 127.0.0.1
HostKey $folder/host
AuthorizedKeysFile $folder/authorized_keys
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
PidFile none
LogLevel ERROR
SetEnv PSModulePath=$env:PSModulePath
Subsystem powershell $powerShell -sshs -NoLogo -NoProfile
"@
        $null = New-Item -ItemType Directory /run/sshd -Force
        $program = (Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
        $server = Start-Process $program -ArgumentList '-D', '-e', '-f', "$folder/sshd_config" -PassThru -RedirectStandardError "$folder/log"
        $options = @{ UserKnownHostsFile = "$folder/known_hosts"; StrictHostKeyChecking = 'yes'; BatchMode = 'yes'; ConnectTimeout = '10' }
        $connection = @{ HostName = '127.0.0.1'; Port = $port; UserName = [Environment]::UserName; KeyFilePath = "$folder/user"; Options = $options }
        $limit = [datetime]::UtcNow.AddSeconds(20)
        do {
            $up = [System.Net.Sockets.TcpClient]::new()
            try { $up.Connect('127.0.0.1', $port) } catch { $null = $server.WaitForExit(100) } finally { $ready = $up.Connected; $up.Dispose() }
            if ($server.HasExited) { throw "sshd did not start: $(Get-Content "$folder/log" -Raw)" }
        } until ($ready -or [datetime]::UtcNow -gt $limit)
    }

    AfterAll {
        if ($server -and -not $server.HasExited) { $server.Kill($true) }
        if ($server) { $server.Dispose() }
    }

    It 'features come back and can be piped on' {
        $back = & (Join-Path $scripts 'Get-RemoteLicense.ps1') $connection -Server $one.Server
        $back | Should -HaveCount 3
        $back[0].PSComputerName | Should -Be '127.0.0.1'
        $checkouts = $back | Get-FlexLmCheckout
        $checkouts | Should -HaveCount 9
        "$($checkouts[0])" | Should -Be "$((Get-FlexLmFeature -Server $one.Server | Get-FlexLmCheckout)[0])"

        # PowerShell adds a column with the machine that an object came from.
        $shown = ($back | Format-Table | Get-Said) -split '\r?\n'
        $shown[0] | Should -Match '\s+PSComputerName$'
        ($shown -replace '\s+(PSComputerName|-+|127\.0\.0\.1)\s*$')[0] -split '\s+' |
            Should -Be (((Get-FlexLmFeature -Server $one.Server | Format-Table | Get-Said) -split '\r?\n')[0] -split '\s+')
    }

    It 'a controller is found and renamed' {
        $mac = New-LabMac
        $null = Start-IcePapSimulator -MacAddress $mac -Hostname faraway -Interface $loopback
        $renamed = & (Join-Path $scripts 'Rename-RemoteIcePap.ps1') $connection -MacAddress $mac -NewName nearby -Interface $loopback
        $renamed.Hostname | Should -Be 'nearby'
        (Find-IcePap -MacAddress $mac -Interface $loopback).Hostname | Should -Be 'nearby'
        $renamed | Set-IcePapNetwork -Hostname again -Interface $loopback -Confirm:$false
        (Find-IcePap -MacAddress $mac -Interface $loopback).Hostname | Should -Be 'again'
    }

    It 'a collector merges sites, and survives those that are down' {
        # Accepts connections and sends nothing.
        $silent = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $silent.Start()
        try {
            $csv = Join-Path $TestDrive 'sites.csv'
            $key = @{ UserName = $connection.UserName; KeyFilePath = $connection.KeyFilePath }
            @(
                [pscustomobject] (@{ Site = 'Here'; Transport = ''; ComputerName = ''; Port = ''; Server = $one.Server } + $key)
                [pscustomobject] (@{ Site = 'North'; Transport = 'SSH'; ComputerName = '127.0.0.1'; Port = $port; Server = "$($one.Server);$($two.Server)" } + $key)
                [pscustomobject] (@{ Site = 'East'; Transport = 'SSH'; ComputerName = '127.0.0.1'; Port = $port; Server = $dead.Server } + $key)
                [pscustomobject] (@{ Site = 'South'; Transport = 'SSH'; ComputerName = '127.0.0.1'; Port = 1; Server = $one.Server } + $key)
                [pscustomobject] (@{ Site = 'West'; Transport = 'SSH'; ComputerName = '127.0.0.1'; Port = $silent.LocalEndpoint.Port; Server = $one.Server } + $key)
            ) | Select-Object Site, Transport, ComputerName, UserName, Port, KeyFilePath, Server | Export-Csv $csv -NoTypeInformation
            $options.ConnectTimeout = '5'
            $all = & (Join-Path $scripts 'Get-SiteLicense.ps1') $csv -TimeoutSeconds 60 -SshOption $options -ErrorVariable down -ErrorAction SilentlyContinue
        }
        finally { $silent.Stop() }
        $features = $all | Where-Object Issued
        @($features | Where-Object Site -EQ Here).Count | Should -Be 3
        @($features | Where-Object Site -EQ North).Count | Should -Be 5
        ($all | Where-Object Site -EQ East).Status | Should -Be 'Down'
        $failed = $down | Where-Object { $_.TargetObject.Site }
        ($failed | Where-Object FullyQualifiedErrorId -Like 'SiteDown*').TargetObject.Site | Sort-Object -Unique | Should -Be @('South', 'West')
        ($failed | Where-Object FullyQualifiedErrorId -Like 'SiteProblem*').TargetObject.Site | Sort-Object -Unique | Should -Be 'East'
        $all | Export-FlexLmReport (Join-Path $TestDrive 'sites.html') -ErrorAction Stop
        Get-Content (Join-Path $TestDrive 'sites.html') -Raw | Should -Match 'second_feature001'
        @($features | Where-Object Site -EQ North | Get-FlexLmCheckout | Where-Object Vendor -EQ first).Count | Should -Be 9
    }
}
