# Settings that are not sent, and devices that do not do what they should.
BeforeAll { . (Join-Path $PSScriptRoot 'DeviceLab.ps1') }

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

Describe 'Set-IcePapNetwork, when settings contradict each other' {
    BeforeEach { $device = Start-Device }
    AfterEach { Stop-IcePapSimulator }

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

    It 'rejects a netmask and a prefix length that contradict each other' {
        Set-IcePapNetwork $device.MacAddress -Netmask 255.255.0.0 -PrefixLength 20 @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidSettings,*'
        $errors[0].Exception.Problems | Should -BeLike '*255.255.0.0*20*'
    }
}
