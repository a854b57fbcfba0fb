BeforeAll { . (Join-Path $PSScriptRoot 'DeviceLab.ps1') }

Describe 'Set-IcePapNetwork' {
    BeforeEach { $device = Start-Device }
    AfterEach { Stop-IcePapSimulator }

    It 'changes the given settings and keeps the rest' {
        Set-IcePapNetwork $device.MacAddress -Hostname after @quick
        $now = Get-Device $device
        $now.Hostname | Should -Be 'after'
        $now.IPAddress | Should -Be ([ipaddress] '10.9.8.7')
    }

    It 'writes nothing without PassThru, and with it the device as it answers afterwards' {
        Set-IcePapNetwork $device.MacAddress -Hostname after @quick | Should -BeNullOrEmpty
        $passed = Set-IcePapNetwork $device.MacAddress -Hostname again -PassThru @quick
        $passed | Should -BeOfType PSLabNet.IcePap.IcePapDevice
        $passed.Hostname | Should -Be 'again'
    }

    It 'warns of a broadcast address that a device makes itself, and does not send it again' {
        Stop-IcePapSimulator
        $device = Start-Device @{ Firmware = 2007; RebootSeconds = 1 }
        $passed = Set-IcePapNetwork $device.MacAddress -PrefixLength 23 -Apply Flash, Reboot -Wait -PassThru @quick -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        $passed.Broadcast | Should -Be ([ipaddress] '10.9.8.255')
        $warnings | Should -BeLike '*has the broadcast address 10.9.8.255, not 10.9.9.255 as it was sent.*'
        $device.UpdateCount | Should -Be 1
        Set-IcePapNetwork $device.MacAddress -PrefixLength 23 @quick
        [pscustomobject] @{ MacAddress = $device.MacAddress; PrefixLength = 23; Broadcast = '10.9.9.255' } | Set-IcePapNetwork @quick
        $device.UpdateCount | Should -Be 1
    }

    It 'sends a hostname of 24 characters only with Force, and warns' {
        $name = 'a' * 24
        Set-IcePapNetwork $device.MacAddress -Hostname $name @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidSettings,*'
        $errors[0].Exception.Message | Should -BeLike '*23 characters*-Force*'
        $device.UpdateCount | Should -Be 0
        Set-IcePapNetwork $device.MacAddress -Hostname $name -Force @quick -WarningVariable warnings -WarningAction SilentlyContinue
        $device.Hostname | Should -Be $name
        $warnings | Should -BeLike '*23 characters are safe*'
    }

    It 'renames a device whose <What> is wrong, with a warning' -ForEach @(
        @{ What = 'IP address'; Settings = '0.0.0.0', '255.255.255.0', '0.0.0.1', '0.0.0.255' }
        @{ What = 'gateway'; Settings = '10.9.8.7', '255.255.255.0', '10.1.1.1', '10.9.8.255' }
        @{ What = 'broadcast address'; Settings = '10.9.8.7', '255.255.255.0', '10.9.8.1', '1.2.3.4' }
    ) {
        $mac = New-LabMac
        $configuration = [PSLabNet.IcePap.Protocol.IcePapConfiguration]::new($mac, 'before', $Settings[0], $Settings[1], $Settings[2], $Settings[3])
        $simulator = [PSLabNet.Simulation.IcePap.IcePapSimulator]::Start([PSLabNet.IcePap.Protocol.IcePapConfiguration[]] @($configuration), [PSLabNet.Simulation.IcePap.IcePapSimulatorOptions]::new())
        try {
            $passed = Set-IcePapNetwork $mac -Hostname after -PassThru @quick -WarningVariable warnings -WarningAction SilentlyContinue
            "$($passed.Hostname) $($passed.IPAddress) $($passed.Gateway) $($passed.Broadcast)" | Should -Be "after $($Settings[0]) $($Settings[2]) $($Settings[3])"
            @($warnings) -match "The $What .*keeps it" | Should -Not -BeNullOrEmpty
        }
        finally {
            $simulator.Dispose()
        }
    }

    It 'says in verbose that a DHCP lease can overwrite a setting' {
        $verbose = Set-IcePapNetwork $device.MacAddress -Hostname after @quick -Verbose 4>&1
        $verbose -join "`n" | Should -Match 'DHCP, a lease can overwrite'
    }

    It 'shows in WhatIf each setting as old -> new, and sends nothing' {
        $text = Invoke-PowerShell -Command "
            . '$PSScriptRoot/Lab.ps1'
            `$device = Start-IcePapSimulator -MacAddress (New-LabMac) -Hostname before -IPAddress 10.9.8.7
            Set-IcePapNetwork `$device.MacAddress -Hostname after -IPAddress 10.9.8.8 -Interface 127.0.0.1 -WhatIf
            Get-IcePapSimulator | ForEach-Object { 'updates ' + `$_.UpdateCount }"
        $text = $text -join "`n"
        $text | Should -Match 'What if: .*before.*Hostname before -> after; IPAddress 10\.9\.8\.7 -> 10\.9\.8\.8'
        $text | Should -Match 'updates 0'
    }

    It 'asks for confirmation by default, and sends nothing when it cannot ask' {
        (Get-Command Set-IcePapNetwork).Parameters.ContainsKey('Confirm') | Should -BeTrue
        $text = Invoke-PowerShell -Command "
            . '$PSScriptRoot/Lab.ps1'
            `$device = Start-IcePapSimulator -MacAddress (New-LabMac) -Hostname before -IPAddress 10.9.8.7
            try { Set-IcePapNetwork `$device.MacAddress -Hostname after -Interface 127.0.0.1 } catch { 'refused' }
            Get-IcePapSimulator | ForEach-Object { 'updates ' + `$_.UpdateCount }" 2>&1
        $text -join "`n" | Should -Match '(?s)refused.*updates 0'
    }

    It 'does not change a device that already has the settings, and says so in verbose' {
        Set-IcePapNetwork $device.MacAddress -Hostname after @quick
        $verbose = Set-IcePapNetwork $device.MacAddress -Hostname after @quick -Verbose 4>&1
        $device.UpdateCount | Should -Be 1
        $verbose -join "`n" | Should -Match 'already has'
        (Set-IcePapNetwork $device.MacAddress -Hostname after -PassThru @quick).Hostname | Should -Be 'after'
    }

    It 'sends unchanged settings with Force' {
        Set-IcePapNetwork $device.MacAddress -Hostname before -Force @quick
        $device.UpdateCount | Should -Be 1
    }

    It 'takes Apply in every form that a user can write: <_>' -ForEach @('Flash', 'Dynamic,Flash', 'flash; dynamic', 6) {
        Set-IcePapNetwork $device.MacAddress -Hostname after -Apply $_ @quick
        $device.UpdateCount | Should -Be 1
    }

    It 'takes Apply as an array' {
        Set-IcePapNetwork $device.MacAddress -Hostname after -Apply Dynamic, Flash @quick
        $device.Hostname | Should -Be 'after'
    }

    It 'reports no failure when settings are written to flash only and take effect at the next start' {
        Set-IcePapNetwork $device.MacAddress -Hostname after -Apply Flash @quick -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        $device.Hostname | Should -Be 'before'
    }

    It 'reports no failure either when several updates of one device go to flash' {
        [pscustomobject] @{ MacAddress = $device.MacAddress; Hostname = 'after' }, [pscustomobject] @{ MacAddress = $device.MacAddress; Gateway = '10.9.8.9' } |
            Set-IcePapNetwork -Apply Flash @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -BeNullOrEmpty
        $device.UpdateCount | Should -Be 1
    }

    It 'does not read back with NoVerify: it asks before the plan and before the update' {
        $before = $device.RequestCount
        (Set-IcePapNetwork $device.MacAddress -Hostname after -NoVerify -PassThru @quick).Hostname | Should -Be 'after'
        $device.RequestCount - $before | Should -Be 2
    }

    It 'waits for a reboot and then shows the new settings' {
        Stop-IcePapSimulator
        $device = Start-Device @{ RebootSeconds = 1 }
        $passed = Set-IcePapNetwork $device.MacAddress -Hostname after -Apply Flash, Reboot -Wait -PassThru @quick
        $passed.Hostname | Should -Be 'after'
        $device.AcknowledgementCount | Should -Be 0
    }

    It 'does not wait for a reboot without Wait' {
        Set-IcePapNetwork $device.MacAddress -Hostname after -Apply Flash, Reboot @quick -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        # A reboot is not acknowledged, so the device may not have read its settings yet.
        Wait-Until { $device.State -eq 'Rebooting' } 'the device to reboot'
    }
}

Describe 'Set-IcePapNetwork for 200 devices' {
    BeforeAll {
        $devices = Start-IcePapSimulator -Count 200 -MacAddress (1..200 | ForEach-Object { New-LabMac })
        $plan = 1..200 | ForEach-Object { [pscustomobject] @{ MacAddress = "$($devices[$_ - 1].MacAddress)"; Hostname = "bulk-$_" } }
    }

    AfterAll { Stop-IcePapSimulator }

    It 'reads all devices with one request before and one after, and each alone right before its update' {
        $before = $devices[0].RequestCount
        $plan | Set-IcePapNetwork -Interface $loopback -Confirm:$false -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        $devices | ForEach-Object UpdateCount | Measure-Object -Sum | ForEach-Object Sum | Should -Be 200
        $devices[0].RequestCount - $before | Should -Be 3
        ($devices | Where-Object Hostname -like bulk-*).Count | Should -Be 200
    }

    It 'changes nothing when it is run again' {
        $plan | Set-IcePapNetwork -Interface $loopback -Confirm:$false
        $devices | ForEach-Object UpdateCount | Measure-Object -Sum | ForEach-Object Sum | Should -Be 200
    }
}
