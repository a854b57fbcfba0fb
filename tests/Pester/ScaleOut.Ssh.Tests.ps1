# Runs the scripts of docs/scale-out.md over a real SSH server.
BeforeDiscovery {
    $sshd = Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $ssh = Get-Command ssh -CommandType Application -ErrorAction Ignore
    $why = if ($PSVersionTable.PSVersion -lt [version] '7.3') { 'SSH remoting with options needs PowerShell 7.3.' }
    elseif ($IsWindows) { 'the SSH server of Windows is a service, which a test does not set up.' }
    elseif (-not $sshd) { 'sshd is not installed (apt-get install openssh-server).' }
    elseif (-not $ssh) { 'ssh is not installed (apt-get install openssh-client).' }
    elseif ((& id -u) -ne '0') { 'sshd is started by root here.' }
    if ($why) { Write-Warning "Nothing is run over SSH: $why" }
}

BeforeAll { . (Join-Path $PSScriptRoot 'ScaleOutLab.ps1') }

AfterAll { Stop-ScaleOutLab }

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
