# These tests send on every interface, so they run only in the namespace that Invoke-PesterSuite.ps1 makes. It has loopback, labA and
# labB, and behind each veth interface another namespace for devices.
BeforeDiscovery { $isolated = [bool] $env:PSLABNET_TEST_NAMESPACE }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $lab = $env:PSLABNET_TEST_NAMESPACE
}

Describe 'On every interface (in network namespaces of the test)' -Tag CI -Skip:(-not $isolated) {
    BeforeAll {
        $behindA = Start-LabProcess -Count 2 -Interface devices -Namespace "$lab-A"
        $behindB = Start-LabProcess -Count 3 -Interface devices -Namespace "$lab-B"
        $null = Start-IcePapSimulator -Count 1
    }

    AfterAll {
        Stop-IcePapSimulator
        Stop-LabProcess $behindA
        Stop-LabProcess $behindB
    }

    It 'finds devices behind each interface, and shows on which one their answer came' {
        # The processes have just started, and the machine may be busy. So they get more than the usual second to answer.
        $found = Find-IcePap -TimeoutSeconds 5
        ($found | Group-Object Interface | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' | Should -Be 'labA 2, labB 3, lo 1'
        ($found | Where-Object Interface -EQ labA).LocalAddress | Select-Object -Unique | Should -Be ([ipaddress] '10.77.65.1')
        ($found | Where-Object Interface -EQ labB).RemoteAddress | Select-Object -Unique | Should -Be ([ipaddress] '10.77.66.2')
    }

    It 'sends only on the interface that is named, by <Name>' -ForEach @(
        @{ Name = 'labB' }, @{ Name = 'LABb' }, @{ Name = '10.77.66.1' }, @{ Name = '*B' }
    ) {
        (Find-IcePap -Interface $Name).Interface | Select-Object -Unique | Should -Be 'labB'
    }

    It 'changes a device behind an interface' {
        $changed = Find-IcePap -Interface labA | Select-Object -First 1 | Set-IcePapNetwork -Hostname behind-a -Confirm:$false -PassThru
        $changed.Interface | Should -Be 'labA'
        (Find-IcePap behind-a).Hostname | Should -Be 'behind-a'
    }

    It 'completes settings from the name service and this host''s own network' {
        $device = Find-IcePap -Interface labA | Select-Object -First 1
        $passed = Set-IcePapNetwork $device.MacAddress -Hostname dnsnamed -FromDns -Gateway 10.77.65.1 -Confirm:$false -PassThru
        "$($passed.Hostname) $($passed.IPAddress)/$($passed.PrefixLength) $($passed.Gateway) $($passed.Broadcast)" |
            Should -Be 'dnsnamed 10.77.65.40/24 10.77.65.1 10.77.65.255'
    }

    It 'requests values that neither the name service nor this host provides' {
        $device = Find-IcePap -Interface labA | Select-Object -First 1
        Set-IcePapNetwork $device.MacAddress -Hostname elsewhere -FromDns -Confirm:$false -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidSettings,*'
        $errors[0].Exception.Message | Should -BeLike '*192.0.2.40*Netmask*'
    }

    It 'uses the netmask and gateway that are given, also when the device already has them' {
        $device = Find-IcePap -Interface labB | Select-Object -First 1
        $mask = @{ IPAddress = '192.0.2.7'; PrefixLength = 24; Gateway = '192.0.2.1' }
        Set-IcePapNetwork $device.MacAddress @mask -Confirm:$false
        $passed = Set-IcePapNetwork $device.MacAddress -Hostname elsewhere -FromDns -PrefixLength 24 -Gateway 192.0.2.1 -Confirm:$false -PassThru
        "$($passed.Hostname) $($passed.IPAddress)/$($passed.PrefixLength) $($passed.Gateway)" | Should -Be 'elsewhere 192.0.2.40/24 192.0.2.1'
    }

    It 'continues with the others when one interface fails, and warns' {
        & ip link set labB down
        try {
            $found = Find-IcePap -Interface labA, labB, lo -WarningVariable warnings -WarningAction SilentlyContinue
            $found.Interface | Select-Object -Unique | Sort-Object | Should -Be @('labA', 'lo')
            $warnings -join "`n" | Should -Match 'labB'
            $all = Find-IcePap
            $all.Interface | Should -Contain 'labA'
        }
        finally {
            & ip link set labB up
        }
    }

    It 'shows traffic of every interface' {
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; Watch-IcePapTraffic -Command SEND_CONFIG -Count 6 -Verbose")
        $running = $shell.BeginInvoke()
        while (($shell.Streams.Verbose -match 'Listening').Count -lt 3) { $null = $running.AsyncWaitHandle.WaitOne(10) }
        $null = Find-IcePap
        if (-not $running.AsyncWaitHandle.WaitOne(60000)) { throw 'The watch saw too little.' }
        $shell.EndInvoke($running).Interface | Sort-Object -Unique | Should -Be @('labA', 'labB', 'lo')
        $shell.Dispose()
    }

    It 'uses more interfaces than one socket can join, two of them with the same address' {
        $count = 24
        foreach ($n in 1..$count) {
            & ip link add "many$n" type veth peer name "peer$n" netns "$lab-A"
            & ip addr add "10.78.$([math]::Min($n, $count - 1)).1/24" dev "many$n"
            & ip link set "many$n" up
            & ip -n "$lab-A" addr add "10.78.$n.2/24" dev "peer$n"
            & ip -n "$lab-A" link set "peer$n" up
        }

        try {
            $behind = ($count - 1), $count | ForEach-Object { Start-LabProcess -Count 1 -Interface "peer$_" -Namespace "$lab-A" }
            (Find-IcePap -Interface many* -TimeoutSeconds 5).Interface | Sort-Object | Should -Be "many$($count - 1)", "many$count"
            $changed = Find-IcePap -Interface "many$count" | Set-IcePapNetwork -Hostname last-of-many -Interface "many$count" -Confirm:$false -PassThru
            "$($changed.Hostname) $($changed.Interface)" | Should -Be "last-of-many many$count"
        }
        finally {
            $behind | ForEach-Object { Stop-LabProcess $_ }
            1..$count | ForEach-Object { & ip link del "many$_" }
        }
    }

    It 'does what the README says' {
        Stop-IcePapSimulator
        Start-IcePapSimulator -Count 3 | Should -HaveCount 3
        Find-IcePap -Interface lo | Sort-Object Hostname | Should -HaveCount 3
        $changed = Find-IcePap -Interface lo | Select-Object -First 1 | Set-IcePapNetwork -Hostname newname -Confirm:$false -PassThru
        $changed.Hostname | Should -Be 'newname'
        Find-IcePap newname | Should -HaveCount 1
    }
}

Describe 'Many devices at once (in a network namespace of the test)' -Tag CI -Skip:(-not $isolated) {
    It 'finds 10,000 devices that answer at once, none twice' {
        $process = Start-LabProcess -Count 10000 -Interface devices -Namespace "$lab-A"
        try {
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $found = Find-IcePap -Interface labA
            $seconds = $clock.Elapsed.TotalSeconds
            Write-Host ('    {0} of 10000 devices found in {1:0.00} s, the quiet second at the end included' -f $found.Count, $seconds)
            $found.Count | Should -Be 10000
            ([System.Collections.Generic.HashSet[string]] [string[]] $found.MacAddress).Count | Should -Be 10000
        }
        finally {
            Stop-LabProcess $process
        }
    }
}

Describe 'Without a network (in a network namespace of the test)' -Tag CI -Skip:(-not $isolated) {
    It 'gives one clear error' {
        & ip netns add "$lab-none"
        try {
            $text = & ip netns exec "$lab-none" @powerShell -NoProfile -NonInteractive -Command "
                Import-Module '$root/PSLabNet.psd1'
                `$found = Find-IcePap -ErrorVariable errors -ErrorAction SilentlyContinue
                `$errors.Count; `$errors[0].FullyQualifiedErrorId; `$errors[0].Exception.Message"
            $text[0] | Should -Be 1
            $text[1] | Should -Be 'PSLabNet.NoNetwork,PSLabNet.Commands.IcePap.FindIcePapCommand'
            $text[2] | Should -BeLike '*no interface is up*'
        }
        finally {
            & ip netns delete "$lab-none"
        }
    }

    It 'names the program that does not share the port' {
        & ip netns add "$lab-taken"
        try {
            & ip netns exec "$lab-taken" ip link set lo up
            $text = & ip netns exec "$lab-taken" @powerShell -NoProfile -NonInteractive -Command "
                `$taker = [System.Net.Sockets.Socket]::new('InterNetwork', 'Dgram', 'Udp')
                `$taker.ExclusiveAddressUse = `$true
                `$taker.Bind([System.Net.IPEndPoint]::new([ipaddress]::Any, 12345))
                Import-Module '$root/PSLabNet.psd1'
                Find-IcePap -ErrorVariable errors -ErrorAction SilentlyContinue
                `$errors[0].FullyQualifiedErrorId; `$errors[0].Exception.Message; `$PID"
            $text[0] | Should -Be 'PSLabNet.PortInUse,PSLabNet.Commands.IcePap.FindIcePapCommand'
            $text[1] | Should -BeLike "*process $($text[2])*"
        }
        finally {
            & ip netns delete "$lab-taken"
        }
    }
}

Describe 'Ctrl-C (in a network namespace of the test)' -Tag CI -Skip:(-not $isolated) {
    It 'ends <_> at once and closes its sockets' -ForEach @(
        'Find-IcePap nobody-* -TimeoutSeconds 600'
        'Watch-IcePapTraffic'
        'Set-IcePapNetwork 02:00:00:00:00:99 -Hostname x -TimeoutSeconds 600 -Confirm:$false'
    ) {
        function Get-SocketCount { @(Get-Content /proc/net/udp | Where-Object { $_ -match ':3039 ' }).Count }
        Get-SocketCount | Should -Be 0
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; $_")
        $running = $shell.BeginInvoke()
        while ((Get-SocketCount) -eq 0) { $null = $running.AsyncWaitHandle.WaitOne(10) }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        Write-Host ('    stopped in {0} ms' -f $clock.ElapsedMilliseconds)
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
        Get-SocketCount | Should -Be 0
        $shell.Dispose()
    }
}

Describe 'Where interfaces come and go (in a network namespace of the test)' -Tag CI -Skip:(-not $isolated) {
    It 'lists those that stay, 20,000 times' {
        $churn = [System.Diagnostics.Process]::Start('sh', "-c `"while ip link add comes type veth peer name goes && ip addr add 10.77.67.1/24 dev comes && ip link del comes; do :; done`"")
        try {
            foreach ($time in 1..20000) { $all = [PSLabNet.Net.LocalInterface]::GetAll() }
            $all.Name | Should -Contain 'lo'
            $churn.HasExited | Should -BeFalse
        }
        finally {
            $churn.Kill()
            $churn.WaitForExit()
            $churn.Dispose()
            # If the program is killed between two commands, its interface stays.
            $null = & ip link del comes 2>&1
        }
    }
}

Describe 'An interface whose name holds brackets (in a network namespace of the test)' -Tag CI -Skip:(-not $isolated) {
    BeforeAll {
        ip link add 'lab[1]' type veth peer name 'lab[2]'
        ip addr add 10.77.68.1/24 dev 'lab[1]'
        ip link set 'lab[1]' up
    }

    AfterAll { ip link del 'lab[1]' }

    It 'is selected by the text that tab completion offers' {
        $line = 'Find-IcePap -Interface ''lab['
        $completed = (TabExpansion2 $line $line.Length).CompletionMatches[0].CompletionText
        $find = [scriptblock]::Create("Find-IcePap -Interface $completed -TimeoutSeconds 0.2 -ErrorAction Stop")
        $find | Should -Not -Throw
    }
}
