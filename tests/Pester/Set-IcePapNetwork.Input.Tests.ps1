# Objects and rows from the pipeline: devices, CSV files, JSON and jobs.
BeforeAll { . (Join-Path $PSScriptRoot 'DeviceLab.ps1') }

Describe 'Set-IcePapNetwork with devices and rows from the pipeline' {
    BeforeEach { $device = Start-Device }
    AfterEach { Stop-IcePapSimulator }

    It 'takes a whole device from the pipeline together with one parameter' {
        Get-Device $device | Set-IcePapNetwork -PrefixLength 23 @quick
        $now = Get-Device $device
        $now.Netmask | Should -Be ([ipaddress] '255.255.254.0')
        $now.Broadcast | Should -Be ([ipaddress] '10.9.9.255')
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

    It 'takes objects that were saved as JSON' {
        Skip-OnWine 'ConvertTo-Json of an IPAddress does not end'
        Get-Device $device | ConvertTo-Json -Depth 4 | ConvertFrom-Json | Set-IcePapNetwork -Hostname from-json @quick
        (Get-Device $device).Hostname | Should -Be 'from-json'
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
}
