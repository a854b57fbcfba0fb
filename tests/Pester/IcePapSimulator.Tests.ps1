BeforeAll { . (Join-Path $PSScriptRoot 'Lab.ps1') }

Describe 'The IcePAP simulator' {
    AfterEach { Stop-IcePapSimulator }

    It 'starts devices with addresses and names of their own' {
        $devices = Start-IcePapSimulator -Count 50
        ($devices.MacAddress | Sort-Object -Unique).Count | Should -Be 50
        ($devices.Hostname | Sort-Object -Unique).Count | Should -Be 50
        ($devices.IPAddress.IPAddressToString | Sort-Object -Unique).Count | Should -Be 50
        $devices[0] | Should -BeOfType PSLabNet.Simulation.IcePap.SimulatedIcePap
        $devices[0].State | Should -Be 'Running'
    }

    It 'starts on loopback unless an interface is named' {
        $local = (Find-IcePap -MacAddress (Start-IcePapSimulator).MacAddress -Interface $loopback).LocalAddress
        $local | Should -Be ([ipaddress] '127.0.0.1')
    }

    It 'starts as many as there are addresses or names' {
        (Start-IcePapSimulator -Hostname one, two, three).Hostname | Sort-Object | Should -Be @('one', 'three', 'two')
    }

    It 'finds its devices again by name and address' {
        $devices = Start-IcePapSimulator -Hostname sim-a, sim-b
        (Get-IcePapSimulator sim-*).Count | Should -Be 2
        (Get-IcePapSimulator -MacAddress $devices[0].MacAddress).Hostname | Should -Be $devices[0].Hostname
        ($devices | Get-IcePapSimulator).Count | Should -Be 2
        Get-IcePapSimulator nobody* | Should -BeNullOrEmpty
    }

    It 'stops one device and leaves the others' {
        $devices = Start-IcePapSimulator -Count 3
        $devices[0] | Stop-IcePapSimulator
        (Get-IcePapSimulator).Count | Should -Be 2
        $devices[0].State | Should -Be 'Stopped'
        Find-IcePap -MacAddress $devices[0].MacAddress -Interface $loopback -TimeoutSeconds 0.3 -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @() | Stop-IcePapSimulator
        (Get-IcePapSimulator).Count | Should -Be 2
    }

    It 'counts a malformed packet as the crash that it would be' {
        $device = Start-IcePapSimulator
        Send-LabDatagram ([byte[]] (1, 2, 3))
        # Once the device has answered a later request, it has received the datagram.
        $null = Find-IcePap -MacAddress $device.MacAddress -Interface $loopback
        $device.CrashCount | Should -BeGreaterOrEqual 1
    }

    It 'loses all packets with LossPercent 100' {
        $device = Start-IcePapSimulator -LossPercent 100
        Find-IcePap -MacAddress $device.MacAddress -Interface $loopback -TimeoutSeconds 0.3 -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'answers late with LatencyMs' {
        $device = Start-IcePapSimulator -LatencyMs 200
        (Find-IcePap -MacAddress $device.MacAddress -Interface $loopback -Retry 0).ResponseTime.TotalMilliseconds | Should -BeGreaterOrEqual 199
    }

    It 'is silent while it reboots' {
        $device = Start-IcePapSimulator -RebootSeconds 600
        Set-IcePapNetwork $device.MacAddress -Hostname rebooter -Apply Flash, Reboot -Interface $loopback -Confirm:$false

        # A device does not acknowledge a reboot, so only the device knows when it has read the packet.
        Wait-Until { $device.State -eq 'Rebooting' } 'the device to reboot'
        Find-IcePap -MacAddress $device.MacAddress -Interface $loopback -TimeoutSeconds 0.3 -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'rejects two devices with one address' {
        $mac = New-LabMac
        { Start-IcePapSimulator -MacAddress $mac, $mac } | Should -Throw -ErrorId 'PSLabNet.InvalidSimulator,*'
    }

    It 'rejects <Parameter> without a value' -ForEach @(
        @{ Command = 'Start-IcePapSimulator'; Parameter = 'MacAddress'; Value = $null }, @{ Command = 'Start-IcePapSimulator'; Parameter = 'IPAddress'; Value = $null }
        @{ Command = 'Start-IcePapSimulator'; Parameter = 'IPAddress'; Value = '' }, @{ Command = 'Start-IcePapSimulator'; Parameter = 'IPAddress'; Value = '10.9.8.1', '' }
        @{ Command = 'Get-IcePapSimulator'; Parameter = 'Hostname'; Value = $null }
    ) {
        $with = @{ $Parameter = $Value }
        { & $Command @with } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'finds the others when one that is piped in has no name' {
        $device = Start-IcePapSimulator
        $found = [pscustomobject] @{ Hostname = $null }, $device | Get-IcePapSimulator -ErrorAction SilentlyContinue
        $found.MacAddress | Should -Be $device.MacAddress
    }

    It 'stops none when the address is <Name>' -ForEach @{ Name = 'null'; Value = $null }, @{ Name = 'an empty list'; Value = @() } {
        $device = Start-IcePapSimulator
        Stop-IcePapSimulator -MacAddress $Value
        $device.State | Should -Be 'Running'
    }

    It 'rejects an interface that does not exist' {
        Start-IcePapSimulator -Interface nowhere -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InterfaceNotFound,*'
    }

    It 'is found when it runs in another process' {
        $process = Start-LabProcess -Count 2
        try {
            (Find-IcePap icepap-* -Interface $loopback -TimeoutSeconds 5).Count | Should -Be 2
            $changed = Find-IcePap -Interface $loopback | Select-Object -First 1 |
                Set-IcePapNetwork -Hostname newname -Interface $loopback -Confirm:$false -PassThru
            $changed.Hostname | Should -Be 'newname'
            (Find-IcePap newname -Interface $loopback).MacAddress | Should -Be $changed.MacAddress
        }
        finally {
            Stop-LabProcess $process
        }
    }
}
