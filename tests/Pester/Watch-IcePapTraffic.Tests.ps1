BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')

    function Watch-While {
        # Watches until the given number of datagrams has arrived, and does something when it listens.
        param([scriptblock] $Do, [hashtable] $Watch)
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("param(`$module, `$with) Import-Module `$module; Watch-IcePapTraffic -Interface 127.0.0.1 @with -Verbose").AddArgument("$root/PSLabNet.psd1").AddArgument($Watch)
            $running = $shell.BeginInvoke()
            # The first verbose message reports that it listens.
            while (-not ($shell.Streams.Verbose -match 'Listening') -and -not $running.IsCompleted) { $null = $running.AsyncWaitHandle.WaitOne(10) }
            & $Do
            if (-not $running.AsyncWaitHandle.WaitOne(60000)) { throw 'The watch did not end.' }
            $shell.EndInvoke($running)
            if ($shell.HadErrors) { throw $shell.Streams.Error[0] }
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Watch-IcePapTraffic' {
    It 'shows a packet with its fields' {
        $mac = New-LabMac
        $bytes = [PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Encode([PSLabNet.IcePap.Protocol.IcePapPacket]::ToGroup($mac, 7, 'REQUEST_CONFIG', $null))
        $seen = Watch-While -Watch @{ Count = 1; MacAddress = $mac } -Do { Send-LabDatagram $bytes }
        $seen | Should -BeOfType PSLabNet.IcePap.IcePapTraffic
        $seen.IsValid | Should -BeTrue
        $seen.Error | Should -BeNullOrEmpty
        $seen.Packet.Source | Should -Be $mac
        $seen.Packet.PacketNumber | Should -Be 7
        $seen.RemoteAddress | Should -Be ([ipaddress] '127.0.0.1')
        $seen.Raw | Should -Be $bytes
        $seen.Time | Should -BeOfType System.DateTimeOffset
    }

    It 'shows a malformed packet as invalid, with the reason and without an error' {
        $marker = [byte[]] (1..17)
        $seen = Watch-While -Watch @{ DurationSeconds = 1.5 } -Do { Send-LabDatagram $marker }
        $invalid = $seen | Where-Object { -not $_.IsValid -and $_.Raw.Count -eq 17 } | Select-Object -First 1
        $invalid.Error | Should -BeLike '*17 bytes are too few*'
        $invalid.Packet | Should -BeNullOrEmpty
        $invalid.Raw | Should -Be $marker
    }

    It 'filters by command' {
        $mac = New-LabMac
        $ask = [PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Encode([PSLabNet.IcePap.Protocol.IcePapPacket]::ToGroup($mac, 1, 'REQUEST_CONFIG', $null))
        $acknowledge = [PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Encode([PSLabNet.IcePap.Protocol.IcePapPacket]::ToDevice($mac, $mac, 2, 'UPDATE_CONFIG_ACK', [PSLabNet.IcePap.Protocol.IcePapAcknowledgement]::new(1, 'OK')))
        $seen = Watch-While -Watch @{ Count = 1; MacAddress = $mac; Command = 'UPDATE_CONFIG_ACK' } -Do { Send-LabDatagram $ask; Send-LabDatagram $acknowledge }
        $seen.Packet.PacketNumber | Should -Be 2
    }

    It 'ends after its duration when nothing comes' {
        Watch-IcePapTraffic -Interface $loopback -MacAddress (New-LabMac) -DurationSeconds 0.1 | Should -BeNullOrEmpty
    }

    It 'ends when the pipeline stops reading, and can be stopped' {
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; Watch-IcePapTraffic -Interface 127.0.0.1 -Verbose")
        $running = $shell.BeginInvoke()
        while (-not ($shell.Streams.Verbose -match 'Listening')) { $null = $running.AsyncWaitHandle.WaitOne(10) }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.ElapsedMilliseconds | Should -BeLessThan 10000
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }

    It 'shows a table that fits 80 columns' {
        $mac = New-LabMac
        $bytes = [PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Encode([PSLabNet.IcePap.Protocol.IcePapPacket]::ToGroup($mac, 7, 'REQUEST_CONFIG', $null))
        $lines = Watch-While -Watch @{ Count = 1; MacAddress = $mac } -Do { Send-LabDatagram $bytes } | Format-Table | Out-String -Width 80 -Stream
        $lines -join "`n" | Should -Match "$mac REQUEST_CONFIG 7"
    }
}

Describe 'ConvertFrom-IcePapPacket' {
    BeforeAll {
        $vectors = (Get-Content (Join-Path $root 'tests/PSLabNet.Core.Tests/vectors.json') -Raw | ConvertFrom-Json).icepap
    }

    It 'decodes the published packets' {
        $packets = $vectors.hex | ConvertFrom-IcePapPacket
        $packets.Command | Should -Be @('REQUEST_CONFIG', 'SEND_CONFIG', 'UPDATE_CONFIG_ACK')
        $packets[1].Payload.Hostname | Should -Be 'iceeu4'
        $packets[1].Payload.IPAddress | Should -Be ([ipaddress] '172.24.155.222')
        $packets[1].Destination | Should -Be '00:22:19:06:bf:58'
        $packets[0].IsBroadcast | Should -BeTrue
        $packets[0].Destination | Should -BeNullOrEmpty
        $packets[2].Payload.Code | Should -Be 'OK'
        '{0:x8}' -f $packets[2].Checksum | Should -Be '12ec8a45'
    }

    It 'takes hex in every written form: <_>' -ForEach @(
        '78 45 C4 F7 8F 48 00 00 01 00 02 00 00 00 31 8F 64 48'
        '0x78 0x45 0xC4 0xF7 0x8F 0x48 0x00 0x00 0x01 0x00 0x02 0x00 0x00 0x00 0x31 0x8F 0x64 0x48'
        '78:45:c4:f7:8f:48:00:00:01:00:02:00:00:00:31:8f:64:48'
        '78-45-C4-F7-8F-48,00-00-01-00-02-00-00-00,31-8F-64-48'
        '\x78\x45\xc4\xf7\x8f\x48\x00\x00\x01\x00\x02\x00\x00\x00\x31\x8f\x64\x48'
    ) {
        (ConvertFrom-IcePapPacket $_).Source | Should -Be '78:45:c4:f7:8f:48'
    }

    It 'takes bytes, also from traffic that is piped in' {
        $bytes = ConvertTo-LabBytes $vectors[2].hex
        (ConvertFrom-IcePapPacket -Bytes $bytes).Payload.PacketNumber | Should -Be 2
        ([pscustomobject] @{ Raw = $bytes } | ConvertFrom-IcePapPacket).Payload.PacketNumber | Should -Be 2
    }

    It 'reads the broadcast with one zero byte from the description, and the broadcast with settings' {
        $bytes = ConvertTo-LabBytes '7845c4f78f48000001000200000000388b9483'
        (ConvertFrom-IcePapPacket -Bytes $bytes).Command | Should -Be 'REQUEST_CONFIG'
        $capture = '00221906bf58000008000f003800000cc669132dac189bdeac189bffffffff00ac189b63000cc669132d060000006963656575340000000000000000000000000000000000003f59ba56'
        $packet = ConvertFrom-IcePapPacket $capture
        $packet.IsBroadcast | Should -BeTrue
        $packet.Payload.Apply | Should -Be 'Dynamic, Flash'
    }

    It 'reports input that is not a packet and continues' {
        $packets = 'zz', '00', $vectors[0].hex | ConvertFrom-IcePapPacket -ErrorVariable errors -ErrorAction SilentlyContinue
        $packets | Should -HaveCount 1
        $errors.FullyQualifiedErrorId | Should -Be @(
            'PSLabNet.NotHex,PSLabNet.Commands.IcePap.ConvertFromIcePapPacketCommand', 'PSLabNet.MalformedPacket,PSLabNet.Commands.IcePap.ConvertFromIcePapPacketCommand')
        $errors[1].CategoryInfo.Category | Should -Be 'InvalidData'
        $errors[1].TargetObject | Should -Be '00'
    }

    It 'is readable as text, with one field on each line' {
        $lines = "$(ConvertFrom-IcePapPacket $vectors[1].hex)" -split "`n"
        $lines | Should -Contain 'source        = 00:0c:c6:69:13:2d'
        $lines | Should -Contain '    hostname      = iceeu4'
        $lines | Should -Contain 'checksum      = 0x0d2357b3'
    }
}
