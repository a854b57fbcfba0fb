BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    # On $loopback and without confirmation, unless a test sets something else.
    $quick = @{ Interface = $loopback; Confirm = $false; TimeoutSeconds = 0.9 }

    function Start-Device {
        param([hashtable] $With = @{})
        Start-IcePapSimulator -MacAddress (New-LabMac) -Hostname before -IPAddress 10.9.8.7 @With
    }

    function Get-Device($Device) { Find-IcePap -MacAddress $Device.MacAddress -Interface $loopback }
}

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

    It 'takes a whole device from the pipeline together with one parameter' {
        Get-Device $device | Set-IcePapNetwork -PrefixLength 23 @quick
        $now = Get-Device $device
        $now.Netmask | Should -Be ([ipaddress] '255.255.254.0')
        $now.Broadcast | Should -Be ([ipaddress] '10.9.9.255')
    }

    It 'gives no device an address that another one has or gets, unless it is forced or they exchange addresses' {
        $other = Start-IcePapSimulator -MacAddress (New-LabMac) -Hostname other -IPAddress 10.9.8.6
        $both = Find-IcePap -MacAddress $device.MacAddress, $other.MacAddress -Interface $loopback
        $rows = @(
            @{ MacAddress = $device.MacAddress; IPAddress = '10.9.8.6' }
            @{ MacAddress = $other.MacAddress; IPAddress = '10.9.8.7' }
        ) | ForEach-Object { [pscustomobject] $_ }
        $rows | Set-IcePapNetwork @quick -WarningVariable exchanged -WarningAction SilentlyContinue
        $exchanged | Should -BeNullOrEmpty
        (Get-Device $device).IPAddress | Should -Be ([ipaddress] '10.9.8.6')

        $both | Set-IcePapNetwork -IPAddress 10.9.8.5 @quick -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused.FullyQualifiedErrorId | Should -Be (@('PSLabNet.AddressInUse,PSLabNet.Commands.IcePap.SetIcePapNetworkCommand') * 2)
        $refused.TargetObject | Should -Be $both.MacAddress
        (Get-Device $device).IPAddress | Should -Be ([ipaddress] '10.9.8.6')
        $both | Set-IcePapNetwork -IPAddress 10.9.8.5 @quick -Force -WhatIf -WarningVariable same -WarningAction SilentlyContinue
        $same.Count | Should -Be 2
        $same | Should -Match 'would both have the IP address 10\.9\.8\.5\.'
        Set-IcePapNetwork $device.MacAddress -IPAddress 10.9.8.9 @quick -WarningVariable alone -WarningAction SilentlyContinue
        $alone | Should -BeNullOrEmpty
    }

    It 'uses the form of the netmask that differs when both are bound' {
        Get-Device $device | Set-IcePapNetwork -Netmask 255.255.0.0 @quick
        (Get-Device $device).PrefixLength | Should -Be 16
    }

    It 'corrects an invalid netmask of a device that is piped in: <Broken>' -ForEach @(
        @{ Broken = '255.255.255.255'; With = @{ Netmask = '255.255.255.0' } }, @{ Broken = '255.255.255.255'; With = @{ PrefixLength = 24 } }
        @{ Broken = '255.0.255.0'; With = @{ Netmask = '255.255.255.0' } }, @{ Broken = '255.0.255.0'; With = @{ PrefixLength = 24 } }
    ) {
        $mac = New-LabMac
        $configuration = [PSLabNet.IcePap.Protocol.IcePapConfiguration]::new($mac, 'broken', '10.9.8.7', $Broken, '10.9.8.1', '10.9.8.7')
        $simulator = [PSLabNet.Simulation.IcePap.IcePapSimulator]::Start([PSLabNet.IcePap.Protocol.IcePapConfiguration[]] @($configuration), [PSLabNet.Simulation.IcePap.IcePapSimulatorOptions]::new())
        try {
            $there = Find-IcePap -MacAddress $mac -Interface $loopback
            $there.Netmask | Should -Be ([ipaddress] $Broken)
            ($there | Set-IcePapNetwork @With -PassThru @quick).PrefixLength | Should -Be 24
        }
        finally {
            $simulator.Dispose()
        }
    }

    It 'changes nothing the second time, also when an old object is piped in again' {
        $old = Get-Device $device
        $old | Set-IcePapNetwork -Netmask 255.255.240.0 @quick
        $old | Set-IcePapNetwork -Netmask 255.255.240.0 @quick
        (Get-Device $device).PrefixLength | Should -Be 20
        $old | Set-IcePapNetwork -PrefixLength 22 @quick
        $old | Set-IcePapNetwork -PrefixLength 22 @quick
        (Get-Device $device).PrefixLength | Should -Be 22
        $device.UpdateCount | Should -Be 2
    }

    It 'makes one update of several rows for one device, and warns where they contradict each other' {
        $device.MacAddress, $device.MacAddress | ForEach-Object { $n = 0 } { $n++; [pscustomobject] @{ MacAddress = $_; Hostname = "step-$n"; Gateway = '10.9.8.9' } } |
            Set-IcePapNetwork -PassThru @quick -WarningVariable warnings -WarningAction SilentlyContinue | ForEach-Object Hostname | Should -Be 'step-2'
        $device.UpdateCount | Should -Be 1
        $warnings | Should -BeLike '*is named twice, with Hostname step-1 and step-2. The last one counts.'
    }

    It 'does not take back what a colleague changed since a piped device was found' {
        $old = Get-Device $device
        Set-IcePapNetwork $device.MacAddress -IPAddress 10.9.8.77 -Gateway 10.9.8.2 @quick
        $old | Set-IcePapNetwork -Hostname beta @quick
        "$($device.Hostname) $($device.IPAddress) $($device.Gateway)" | Should -Be 'beta 10.9.8.77 10.9.8.2'

        # A row that a user wrote is used exactly as it is.
        $old | Select-Object MacAddress, IPAddress | Set-IcePapNetwork @quick
        $device.IPAddress | Should -Be ([ipaddress] '10.9.8.7')
    }

    It 'names columns that it does not read, and rows that set nothing, once' {
        $other = Start-Device
        @"
MacAddress,Hostname,Gatway,Comment
$($device.MacAddress), padded ,10.9.8.2,a
$($other.MacAddress),,10.9.8.2,b
"@ | ConvertFrom-Csv | Set-IcePapNetwork @quick -WarningVariable warnings -WarningAction SilentlyContinue
        $ofRows = @($warnings) -match '^These '
        $ofRows.Count | Should -Be 2
        $ofRows[0] | Should -BeLike "These columns are not read: 'Comment', 'Gatway'.*"
        $ofRows[1] | Should -Be "These rows set nothing: $($other.MacAddress)."
        $device.Hostname | Should -Be 'padded'
    }

    It 'takes an empty cell of Apply as the default' {
        "MacAddress,Hostname,Apply`n$($device.MacAddress),after," | ConvertFrom-Csv | Set-IcePapNetwork @quick
        $device.Hostname | Should -Be 'after'
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

    It 'takes objects that were saved as JSON' {
        Skip-OnWine 'ConvertTo-Json of an IPAddress does not end'
        Get-Device $device | ConvertTo-Json -Depth 4 | ConvertFrom-Json | Set-IcePapNetwork -Hostname from-json @quick
        (Get-Device $device).Hostname | Should -Be 'from-json'
    }

    It 'rejects a netmask and a prefix length that contradict each other' {
        Set-IcePapNetwork $device.MacAddress -Netmask 255.255.0.0 -PrefixLength 20 @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidSettings,*'
        $errors[0].Exception.Problems | Should -BeLike '*255.255.0.0*20*'
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

    It 'takes rows of a CSV file, where an empty cell changes nothing' {
        $second = Start-Device @{ }
        @"
MacAddress,Hostname,IPAddress,PrefixLength,Gateway,Broadcast,Netmask,Comment
$($device.MacAddress),one,10.9.8.21,,,,,"spare"
$($second.MacAddress),,10.9.8.22,25,10.9.8.2,,,
"@ | ConvertFrom-Csv | Set-IcePapNetwork @quick
        $first = Get-Device $device
        $other = Get-Device $second
        "$($first.Hostname) $($first.IPAddress) $($first.PrefixLength)" | Should -Be 'one 10.9.8.21 24'
        "$($other.Hostname) $($other.IPAddress) $($other.PrefixLength)" | Should -Be 'before 10.9.8.22 25'
    }

    It 'takes objects that came back from a job or a CSV file' {
        $job = Start-Job { param($module, $mac) Import-Module $module; Find-IcePap -MacAddress $mac -Interface 127.0.0.1 } -ArgumentList "$root/PSLabNet.psd1", "$($device.MacAddress)"
        $back = $job | Wait-Job -Timeout 120 | Receive-Job
        $job | Remove-Job -Force
        $back.PSObject.TypeNames[0] | Should -Be 'Deserialized.PSLabNet.IcePap.IcePapDevice'
        $back | Set-IcePapNetwork -Hostname from-job @quick
        (Get-Device $device).Hostname | Should -Be 'from-job'
        (Get-Device $device | Export-Csv (Join-Path $TestDrive d.csv) -NoTypeInformation)
        Import-Csv (Join-Path $TestDrive d.csv) | Set-IcePapNetwork -Hostname from-csv @quick
        (Get-Device $device).Hostname | Should -Be 'from-csv'
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

Describe 'Set-IcePapNetwork, when something is wrong' {
    AfterEach { Stop-IcePapSimulator }

    It 'sends nothing to a device that changes between the plan and the update' {
        # It has another name in each answer.
        $changing = Start-ThreadJob {
            param($lab, $mac)
            . $lab
            $asked = 0
            Watch-IcePapTraffic 127.0.0.1 -Command REQUEST_CONFIG, UPDATE_CONFIG | ForEach-Object {
                if ($_.Packet.Command -eq 'UPDATE_CONFIG') { 'updated' } else {
                    $asked++
                    $settings = [PSLabNet.IcePap.Protocol.IcePapConfiguration]::new($mac, "name-$asked", '10.9.8.7', '255.255.255.0', '10.9.8.1', '10.9.8.255')
                    Send-LabDatagram ([PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Encode([PSLabNet.IcePap.Protocol.IcePapPacket]::ToDevice($mac, $_.Packet.Source, 1, 'SEND_CONFIG', $settings)))
                }
            }
        } -ArgumentList (Join-Path $PSScriptRoot 'Lab.ps1'), ($mac = New-LabMac)
        try {
            do { $there = Find-IcePap -MacAddress $mac -Interface $loopback -ErrorAction Ignore } until ($there)
            # A long wait, so that no request is repeated before its answer: two answers would be two devices.
            Set-IcePapNetwork $mac -Gateway 10.9.8.2 -Interface $loopback -Confirm:$false -TimeoutSeconds 20 -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.ChangedMeanwhile,*'
            $errors[0].Exception.Changes[0].Setting | Should -Be 'Hostname'
            $changing | Receive-Job | Should -BeNullOrEmpty
        }
        finally {
            $changing | Stop-Job
            $changing | Remove-Job -Force
        }
    }

    It 'refuses a MAC address that two devices have' {
        $mac = New-LabMac
        $first = Start-IcePapSimulator -MacAddress $mac -Hostname first -IPAddress 10.9.8.7
        $second = Start-IcePapSimulator -MacAddress $mac -Hostname second -IPAddress 10.9.8.8
        Set-IcePapNetwork $mac -Gateway 10.9.8.2 @quick -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.DuplicateDevice,*'
        $errors[0].TargetObject | Should -Be $mac
        $first.UpdateCount + $second.UpdateCount | Should -Be 0
    }

    It 'refuses an address of this computer, and a gateway that is the device itself' {
        $device = Start-Device
        Set-IcePapNetwork $device.MacAddress -Gateway 10.9.8.7 @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].Exception.Message | Should -BeLike '*is the IP address of the device itself*'
        $device.UpdateCount | Should -Be 0
    }

    It 'reads back and reports what it sent before an error that stops it' {
        $device = Start-Device
        $rejecting = Start-Device @{ AcknowledgeCode = 'ERR_SET_HOSTNAME' }
        $last = Start-Device
        $passed = [Collections.Generic.List[object]]::new()
        $caught = {
            $device.MacAddress, $rejecting.MacAddress, $last.MacAddress | ForEach-Object { [pscustomobject] @{ MacAddress = $_; Hostname = 'after' } } |
                Set-IcePapNetwork -PassThru @quick -ErrorAction Stop | ForEach-Object { $passed.Add($_) }
        } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'PSLabNet.Rejected,*'
        $passed.MacAddress | Should -Be $device.MacAddress
        $last.UpdateCount | Should -Be 0
    }

    It 'reports an unknown device and continues with the others' {
        $device = Start-Device
        $unknown = New-LabMac
        $unknown, $device.MacAddress | ForEach-Object { [pscustomobject] @{ MacAddress = $_; Hostname = 'after' } } |
            Set-IcePapNetwork @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -Be 'PSLabNet.NotFound,PSLabNet.Commands.IcePap.SetIcePapNetworkCommand'
        $errors[0].TargetObject | Should -Be $unknown
        $device.Hostname | Should -Be 'after'
    }

    It 'reports a device that does not acknowledge any of three attempts' {
        $device = Start-Device @{ NoAcknowledge = $true }
        Set-IcePapNetwork $device.MacAddress -Hostname after @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.NoAcknowledgement,*'
        $errors[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $device.UpdateCount | Should -Be 3
    }

    It 'reports the code of a device that rejects' {
        $device = Start-Device @{ AcknowledgeCode = 'ERR_SET_HOSTNAME' }
        Set-IcePapNetwork $device.MacAddress -Hostname after @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.Rejected,*'
        $errors[0].Exception.Code | Should -Be 'ERR_SET_HOSTNAME'
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'reports a device that acknowledges but does not have the settings' {
        $deaf = Start-ThreadJob {
            param($lab, $mac)
            . $lab
            # This device acknowledges everything and changes nothing: it answers each request with its old settings.
            $packet = [PSLabNet.IcePap.Protocol.IcePapPacket]
            Watch-IcePapTraffic 127.0.0.1 -Command REQUEST_CONFIG, UPDATE_CONFIG | ForEach-Object {
                $asked = $_.Packet
                if ($asked.Command -eq 'REQUEST_CONFIG') {
                    $old = [PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Decode((ConvertTo-LabBytes '000cc669132d010000000300380000221906bf58000cc669132dac189bdeac189bffffffff00ac189b63000cc669132d00000000696365657534000000000000000000000000000000000000b357230d')).Payload
                    $answer = $packet::ToDevice($mac, $asked.Source, 1, 'SEND_CONFIG', $old)
                }
                elseif ($asked.Destination -eq $mac) {
                    $answer = $packet::ToDevice($mac, $asked.Source, 1, 'UPDATE_CONFIG_ACK', [PSLabNet.IcePap.Protocol.IcePapAcknowledgement]::new($asked.PacketNumber, 'OK'))
                }
                Send-LabDatagram ([PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Encode($answer))
            }
        } -ArgumentList (Join-Path $PSScriptRoot 'Lab.ps1'), ($mac = New-LabMac)
        try {
            do { $there = Find-IcePap -MacAddress $mac -Interface $loopback -ErrorAction Ignore } until ($there)
            Set-IcePapNetwork $mac -Hostname after @quick -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.VerificationFailed,*'
            $errors[0].Exception.Message | Should -BeLike '*Hostname is iceeu4, expected after*'
            $errors[0].Exception.Expected.Hostname | Should -Be 'after'
            $errors[0].Exception.Found.Hostname | Should -Be 'iceeu4'
        }
        finally {
            $deaf | Stop-Job
            $deaf | Remove-Job -Force
        }
    }

    It 'sends nothing without an action: <Name>' -ForEach @(
        @{ Name = 'empty list'; Apply = @() }, @{ Name = 'None'; Apply = 'None' }, @{ Name = 'zero'; Apply = 0 }, @{ Name = 'empty text'; Apply = '' }, @{ Name = 'null'; Apply = $null }
    ) {
        $device = Start-Device
        Set-IcePapNetwork $device.MacAddress -Hostname after -Apply $Apply @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.NothingToApply,*'
        $device.UpdateCount | Should -Be 0
    }

    It 'rejects the hostname <_> when binding and explains the rule' -ForEach @('under_score', '-leading', 'trailing-', 'this-name-has-25-character', 'ümlaut', 'dot.ted', 'blank in') {
        $device = Start-Device
        $caught = { Set-IcePapNetwork $device.MacAddress -Hostname $_ @quick } | Should -Throw -PassThru
        $caught.Exception.Message | Should -BeLike '*RFC 1123*'
        $device.UpdateCount | Should -Be 0
    }

    It 'rejects the <Parameter> <Value> when binding and explains what is allowed' -ForEach @(
        @{ Parameter = 'Netmask'; Value = '255.0.255.0'; Says = '*Netmask*contiguous*' }
        @{ Parameter = 'IPAddress'; Value = '10'; Says = '*four numbers*' }
        @{ Parameter = 'IPAddress'; Value = '192.168.1'; Says = '*four numbers*' }
        @{ Parameter = 'IPAddress'; Value = '::1'; Says = '*four numbers*' }
        @{ Parameter = 'Gateway'; Value = '1.2.3.256'; Says = '*four numbers*' }
        @{ Parameter = 'PrefixLength'; Value = 31; Says = '*1 to 30*' }
        @{ Parameter = 'Apply'; Value = 'Always'; Says = '*Dynamic, Flash or Reboot*' }
    ) {
        $device = Start-Device
        $settings = @{ $Parameter = $Value }
        $caught = { Set-IcePapNetwork $device.MacAddress @settings @quick } | Should -Throw -PassThru
        $caught.Exception.Message | Should -BeLike $Says
        $device.UpdateCount | Should -Be 0
    }

    It 'rejects a gateway outside the subnet and names both networks' {
        $device = Start-Device
        Set-IcePapNetwork $device.MacAddress -Gateway 10.1.2.3 @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidSettings,*'
        $errors[0].Exception.Message | Should -BeLike '*10.1.2.0/24*10.9.8.0/24*'
        $device.UpdateCount | Should -Be 0
    }

    It 'reports a name that does not resolve, with FromDns' {
        $device = Start-Device
        Set-IcePapNetwork $device.MacAddress -Hostname no-such-name-here -FromDns @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidSettings,*'
        $errors[0].Exception.Message | Should -BeLike '*no-such-name-here*'
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
