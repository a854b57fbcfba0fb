# What leaves PowerShell as CSV, JSON or HTML: text that a person and a program can read, and never the name of a type.
BeforeDiscovery {
    # Every type of output, and where it comes from.
    $types = @(
        @{ Type = 'IcePapDevice'; Get = { $device } }
        @{ Type = 'IcePapNetworkState'; Get = { $device | Select-Object -First 3 | Test-IcePapNetwork -Interface $loopback -TimeoutSeconds 0.5 | Where-Object MacAddress -In $macs } }
        @{ Type = 'SimulatedIcePap'; Get = { $simulated } }
        @{ Type = 'IcePapTraffic'; Get = { $traffic } }
        @{ Type = 'IcePapPacket'; Get = { $traffic | Where-Object IsValid | ConvertFrom-IcePapPacket } }
        @{ Type = 'FlexLmServerStatus'; Get = { Get-FlexLmStatus $server.Server, '9@127.0.0.1' } }
        @{ Type = 'FlexLmVendorStatus'; Get = { (Get-FlexLmStatus $server.Server).Vendors } }
        @{ Type = 'FlexLmFeature'; Get = { Get-FlexLmFeature -Server $server.Server } }
        @{ Type = 'FlexLmPool'; Get = { (Get-FlexLmFeature -Server $server.Server).Pools } }
        @{ Type = 'FlexLmCheckout'; Get = { Get-FlexLmCheckout -Server $server.Server } }
        @{ Type = 'FlexLmLicenseLine'; Get = { Get-FlexLmLicense $server.Server } }
        @{ Type = 'FlexLmSnapshot'; Get = { ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt') 3> $null } }
        @{ Type = 'FlexLmLogEvent'; Get = { Import-FlexLmLog (Join-Path $root 'tests/corpus/logs/vendor.log') } }
        @{ Type = 'FlexLmLogSession'; Get = { Import-FlexLmLog (Join-Path $root 'tests/corpus/logs/vendor.log') -AsSession } }
        @{ Type = 'FlexLmUsage'; Get = { Measure-FlexLmUsage (Join-Path $root 'tests/corpus/logs/vendor.log') -By Feature, User, Hour } }
        @{ Type = 'FlexLmSample'; Get = { Import-FlexLmSample $samples } }
        @{ Type = 'FlexLmErrorDescription'; Get = { Get-FlexLmError -4 } }
        @{ Type = 'FlexLmCheckoutEvent'; Get = { Watch-FlexLmCheckout -Server '9@127.0.0.1' -IntervalSeconds 0.2 -Count 1 } }
        @{ Type = 'FlexLmSimulator'; Get = { $server } }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $typeName = 'System\.[A-Z]|PSLabNet\.[A-Z]|`\d|[a-z]\[\]'
    $server = Start-FlexLmSimulator -Vendor MLM -FeatureCount 2 -Issued 8 -CheckoutCount 3 -ReservationCount 1
    $samples = Join-Path $TestDrive 'samples.csv'
    Set-Content $samples 'Time,Server,Vendor,Feature,Version,Issued,InUse,Reserved,Queued', '2026-11-27T10:00:00+00:00,27000@lic1,MLM,MATLAB,52,10,3,0,1'
    $macs = 1..4 | ForEach-Object { New-LabMac }
    $simulated = Start-IcePapSimulator -MacAddress $macs -IPAddress 10.0.0.10, 10.0.0.9, 9.255.0.1, 172.24.3.1
    $device = Find-IcePap -MacAddress $macs -Interface $loopback -TimeoutSeconds 5

    function New-Traffic {
        # Traffic as Watch-IcePapTraffic gives it.
        param([byte[]] $Bytes)
        $values = [datetimeoffset]::new(2026, 1, 2, 3, 4, 5, 678, [timespan]::Zero), 'lo', [ipaddress] $loopback, $Bytes
        [activator]::CreateInstance([PSLabNet.IcePap.IcePapTraffic], [System.Reflection.BindingFlags] 'NonPublic, Instance', $null, [object[]] $values, $null)
    }

    $packet = [PSLabNet.IcePap.Protocol.IcePapPacket]
    $configuration = [PSLabNet.IcePap.Protocol.IcePapConfiguration]::new($macs[0], 'alpha', '172.24.1.2', '255.255.255.0', '172.24.1.1', '172.24.1.255')
    $traffic = @(
        $packet::ToDevice($macs[0], $macs[1], 7, 'SEND_CONFIG', $configuration)
        $packet::ToDevice($macs[0], $macs[1], 8, 'UPDATE_CONFIG_ACK', [PSLabNet.IcePap.Protocol.IcePapAcknowledgement]::new(5, 'ERR_BAD_GW'))
        $packet::ToGroup($macs[0], 9, 'REQUEST_CONFIG', [byte[]] (1, 2, 255))
    ) | ForEach-Object { New-Traffic ([PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Encode($_)) }
    $traffic += New-Traffic (1..17)
}

AfterAll {
    $server | Stop-FlexLmSimulator
    $simulated | Stop-IcePapSimulator
}

Describe 'Export-Csv and ConvertTo-Html' {
    It 'write no name of a type: <Type>' -ForEach $types {
        $objects = @(& $Get)
        $objects.Count | Should -BeGreaterThan 0
        $objects[0].GetType().Name | Should -Be $Type
        $file = Join-Path $TestDrive "$Type.csv"
        $objects | Export-Csv $file -NoTypeInformation
        $rows = @(Import-Csv $file)
        $rows.Count | Should -Be $objects.Count
        foreach ($row in $rows) {
            foreach ($cell in $row.PSObject.Properties) { $cell.Value | Should -Not -MatchExactly $typeName -Because $cell.Name }
        }

        ($objects | ConvertTo-Html -Fragment) -join "`n" | Should -Not -MatchExactly $typeName
    }

    It 'write the items of lists' {
        $row = Get-FlexLmFeature MLM_feature001 -Server $server.Server | ConvertTo-Csv | ConvertFrom-Csv
        $row.Pools | Should -Be 'MLM_feature001 1.0: 4 of 8 in use'
        $row.Checkouts | Should -Match '^user1@ws1 MLM_feature001 \(1\); user2@ws2 .*; user3@ws3 '
        $row.Warnings | Should -BeNullOrEmpty
        (Get-FlexLmStatus $server.Server | ConvertTo-Csv | ConvertFrom-Csv).Vendors | Should -Be 'MLM: Up'
    }

    It 'write addresses with dots and colons' {
        $row = $device[0] | ConvertTo-Csv | ConvertFrom-Csv
        $row.MacAddress | Should -Be "$($device[0].MacAddress)"
        foreach ($name in 'IPAddress', 'Netmask', 'Gateway', 'Broadcast', 'LocalAddress', 'RemoteAddress') { $row.$name | Should -Match '^\d+\.\d+\.\d+\.\d+$' }
    }
}

Describe 'Traffic in a CSV file' {
    BeforeAll {
        $file = Join-Path $TestDrive 'traffic.csv'
        $traffic | Export-Csv $file -NoTypeInformation
        $rows = @(Import-Csv $file)
    }

    It 'has the fields of a packet in columns of their own' {
        $rows[0].Source | Should -Be "$($macs[0])"
        $rows[0].Destination | Should -Be "$($macs[1])"
        $rows[0].PacketNumber | Should -Be '7'
        $rows[0].Command | Should -Be 'SEND_CONFIG'
        $rows[0].Hostname | Should -Be 'alpha'
        $rows[0].IPAddress | Should -Be '172.24.1.2'
        $rows[0].Netmask | Should -Be '255.255.255.0'
        $rows[0].Gateway | Should -Be '172.24.1.1'
        $rows[0].Broadcast | Should -Be '172.24.1.255'
        $rows[1].AcknowledgedNumber | Should -Be '5'
        $rows[1].AcknowledgementCode | Should -Be 'ERR_BAD_GW'
        $rows[2].Destination | Should -Be 'all'
        $rows[3].IsValid | Should -Be 'False'
        $rows[3].Source | Should -BeNullOrEmpty
    }

    It 'has the bytes in hexadecimal, and they are decoded again: <_>' -ForEach 'rows of the file', 'their property Raw', '-Hex', 'a column Hex' {
        $valid = $rows | Where-Object IsValid -EQ 'True'
        $packets = switch ($_) {
            'rows of the file' { $valid | ConvertFrom-IcePapPacket }
            'their property Raw' { $valid.Raw | ConvertFrom-IcePapPacket }
            '-Hex' { ConvertFrom-IcePapPacket -Hex $valid.Raw }
            'a column Hex' { $valid | Select-Object @{ Name = 'Hex'; Expression = { $_.Raw } } | ConvertFrom-IcePapPacket }
        }
        $packets.PacketNumber | Should -Be 7, 8, 9
        $packets[0] | Should -Be $traffic[0].Packet
        $rows[3].Raw | Should -Be '01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11'
    }

    It 'says what is wrong with a row, and continues' {
        $problems = $null
        $packets = $rows | ConvertFrom-IcePapPacket -ErrorVariable problems -ErrorAction SilentlyContinue
        $packets.PacketNumber | Should -Be 7, 8, 9
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.MalformedPacket,*'
    }

    It 'keeps the bytes as bytes in PowerShell, here and after remoting, each time they are read' {
        foreach ($one in $traffic[0], [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($traffic[0], 3))) {
            $bytes = [PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Encode($traffic[0].Packet)
            ($one.Raw -is [byte[]]) | Should -BeTrue
            $one.Raw.Length | Should -Be $bytes.Length
            $one.Raw | Should -Be $bytes
            ($one | ConvertFrom-IcePapPacket).PacketNumber | Should -Be 7
        }

        ($traffic[2].Packet.Payload -is [byte[]]) | Should -BeTrue
        $traffic[2].Packet.Payload | Should -Be 1, 2, 255
    }

    It 'reads well under strict mode' {
        Set-StrictMode -Version Latest
        $traffic[3].Hostname | Should -BeNullOrEmpty
        $traffic[3].Source | Should -BeNullOrEmpty
        $traffic[2].IPAddress | Should -BeNullOrEmpty
    }
}

Describe 'JSON' {
    It 'has plain values by the one-liner of the help: <Type>' -ForEach $types {
        $json = @(& $Get) | ConvertTo-Csv | ConvertFrom-Csv | ConvertTo-Json
        $json | Should -Not -Match 'ScopeId|AddressFamily|Ticks'
        $json.Replace('\u0060', '`') | Should -Not -MatchExactly $typeName
        @($json | ConvertFrom-Json).Count | Should -BeGreaterThan 0
    }

    It 'has dotted addresses by the one-liner' {
        $one = $device[0] | ConvertTo-Csv | ConvertFrom-Csv | ConvertTo-Json | ConvertFrom-Json
        $one.IPAddress | Should -Be "$($device[0].IPAddress)"
        $one.MacAddress | Should -Be "$($device[0].MacAddress)"
    }

    It 'contains lists as arrays, and no name of a type' {
        $json = Get-FlexLmFeature -Server $server.Server | ConvertTo-Json -Depth 5
        $json | Should -Not -MatchExactly $typeName
        (@($json | ConvertFrom-Json | ForEach-Object { $_ })[0].Checkouts).Count | Should -Be 3
    }
}

Describe 'IP addresses' {
    It 'sort as numbers' {
        "$(($device | Sort-Object IPAddress).IPAddress)" | Should -Be '9.255.0.1 10.0.0.9 10.0.0.10 172.24.3.1'
        "$(($device | Sort-Object IPAddress -Descending).IPAddress)" | Should -Be '172.24.3.1 10.0.0.10 10.0.0.9 9.255.0.1'
        "$(($device | Sort-Object RemoteAddress, IPAddress).IPAddress)" | Should -Be '9.255.0.1 10.0.0.9 10.0.0.10 172.24.3.1'
        "$(($simulated | Sort-Object IPAddress).IPAddress)" | Should -Be '9.255.0.1 10.0.0.9 10.0.0.10 172.24.3.1'
    }

    It 'are still IP addresses, and compare with text and with other addresses' {
        $address = ($device | Where-Object IPAddress -EQ 10.0.0.9).IPAddress
        $address | Should -BeOfType System.Net.IPAddress
        $address -eq [ipaddress] '10.0.0.9' | Should -BeTrue
        [ipaddress] '10.0.0.9' -eq $address | Should -BeTrue
        $address -lt [ipaddress] '10.0.0.10' | Should -BeTrue
        $address -eq 'no address' | Should -BeFalse
        @($device | Group-Object IPAddress).Count | Should -Be 4
    }

    It 'come back from a job as IP addresses' {
        $returned = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($device[0], 2))
        $returned.IPAddress | Should -BeOfType System.Net.IPAddress
        "$($returned.IPAddress)" | Should -Be "$($device[0].IPAddress)"
    }
}

Describe 'Lists in results' {
    It 'are read as arrays are, and can not be changed' {
        $checkouts = (Get-FlexLmFeature MLM_feature001 -Server $server.Server).Checkouts
        $checkouts.Count | Should -Be 3
        $checkouts.Length | Should -Be 3
        $checkouts[0].User | Should -Be 'user1'
        $checkouts[-1].User | Should -Be 'user3'
        $checkouts[0..1].User | Should -Be 'user1', 'user2'
        ($checkouts + $checkouts).Count | Should -Be 6
        $checkouts.User -join ',' | Should -Be 'user1,user2,user3'
        { $checkouts[0] = $null } | Should -Throw
    }

    It 'come back from a job as lists' {
        $feature = Get-FlexLmFeature MLM_feature001 -Server $server.Server
        $returned = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($feature, 2))
        $returned.Checkouts.Count | Should -Be 3
        $returned.Checkouts[1].User | Should -Be 'user2'
        $returned.Warnings.Count | Should -Be 0
        ($returned | Get-FlexLmCheckout -User user3).User | Should -Be 'user3'
    }
}
