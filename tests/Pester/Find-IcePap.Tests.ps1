BeforeAll { . (Join-Path $PSScriptRoot 'Lab.ps1') }

Describe 'Find-IcePap' {
    BeforeAll {
        $macs = 1..3 | ForEach-Object { New-LabMac }
        $null = Start-IcePapSimulator -MacAddress $macs -Hostname find-a, find-b, find-c -IPAddress 10.9.8.1, 10.9.8.2, 10.9.8.3
    }

    AfterAll { Stop-IcePapSimulator }

    It 'finds each device once' {
        $found = Find-IcePap -Interface $loopback -MacAddress $macs
        $found.MacAddress | Sort-Object | Should -Be ($macs | Sort-Object)
    }

    It 'reports every setting with its type' {
        $device = Find-IcePap find-a -Interface $loopback
        $device | Should -BeOfType PSLabNet.IcePap.IcePapDevice
        $device.Hostname | Should -Be 'find-a'
        $device.IPAddress | Should -Be ([ipaddress] '10.9.8.1')
        $device.Netmask | Should -Be ([ipaddress] '255.255.255.0')
        $device.PrefixLength | Should -Be 24
        $device.Gateway | Should -Be ([ipaddress] '10.9.8.2')
        $device.Broadcast | Should -Be ([ipaddress] '10.9.8.255')
        $device.MacAddress | Should -Be $macs[0]
        $device.DeviceId | Should -Be $macs[0]
        $device.LocalAddress | Should -Be ([ipaddress] '127.0.0.1')
        $device.RemoteAddress | Should -Be ([ipaddress] '127.0.0.1')
        $device.ResponseTime | Should -BeOfType timespan
        $device.DiscoveredAt | Should -BeOfType System.DateTimeOffset
        $device.Interface | Should -Not -BeNullOrEmpty
    }

    It 'filters names with wildcards, in either case' {
        (Find-IcePap FIND-[ab] -Interface $loopback).Hostname | Sort-Object | Should -Be @('find-a', 'find-b')
    }

    It 'finds nothing with wildcards without an error' {
        Find-IcePap nobody-* -Interface $loopback -TimeoutSeconds 0.2 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -BeNullOrEmpty
    }

    It 'reports a full name that was not found, and still finds the others' {
        $found = Find-IcePap find-a, nobody -Interface $loopback -TimeoutSeconds 2 -ErrorVariable errors -ErrorAction SilentlyContinue
        $found.Hostname | Should -Be 'find-a'
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be 'PSLabNet.NotFound,PSLabNet.Commands.IcePap.FindIcePapCommand'
        $errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $errors[0].TargetObject | Should -Be 'nobody'
        $errors[0].Exception | Should -BeOfType PSLabNet.IcePap.IcePapNotFoundException
    }

    It 'reports an address that was not found' {
        $unknown = New-LabMac
        Find-IcePap -MacAddress $macs[0], $unknown -Interface $loopback -TimeoutSeconds 2 -ErrorVariable errors -ErrorAction SilentlyContinue |
            Should -HaveCount 1
        $errors.TargetObject | Should -Be "$unknown"
    }

    It 'stops as soon as all named devices are found' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $null = Find-IcePap find-a -Interface $loopback -TimeoutSeconds 600
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 300
    }

    It 'writes the first device long before it ends' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Find-IcePap -Interface $loopback -TimeoutSeconds 600 | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 300
    }

    It 'sends Retry more requests when nothing new comes' -ForEach 0, 3 {
        $before = (Get-IcePapSimulator find-a).RequestCount
        # The three devices answer at once. After that, nothing new arrives.
        $null = Find-IcePap nobody-* -Interface $loopback -TimeoutSeconds 0.6 -Retry $_
        # It sends more only if answers are missing, which can happen on a busy machine.
        (Get-IcePapSimulator find-a).RequestCount - $before | Should -BeGreaterOrEqual ($_ + 1)
    }

    It 'takes a device from the pipeline by its MAC address, also after it was renamed' {
        $old = Find-IcePap find-c -Interface $loopback
        $old | Set-IcePapNetwork -Hostname find-d -Interface $loopback -Confirm:$false
        ($old | Find-IcePap -Interface $loopback).Hostname | Should -Be 'find-d'
    }

    It 'takes rows of a CSV file' {
        $csv = "MacAddress`n$($macs[0])`n$($macs[1])" | ConvertFrom-Csv
        ($csv | Find-IcePap -Interface $loopback).MacAddress | Sort-Object | Should -Be ($macs[0, 1] | Sort-Object)
    }

    It 'takes rows with a name or an address, and a device without a name by its address' {
        $rows = [pscustomobject] @{ Hostname = 'FIND-A'; MacAddress = $null }, [pscustomobject] @{ Hostname = ''; MacAddress = $macs[1] }
        ($rows | Find-IcePap -Interface $loopback -ErrorVariable errors).MacAddress | Sort-Object | Should -Be ($macs[0, 1] | Sort-Object)
        $errors | Should -BeNullOrEmpty
    }

    It 'reports a row that is not a valid pattern, and still finds the others' {
        $rows = [pscustomobject] @{ Hostname = 'find-[' }, [pscustomobject] @{ Hostname = 'find-b' }
        $found = $rows | Find-IcePap -Interface $loopback -ErrorVariable errors -ErrorAction SilentlyContinue
        $found.Hostname | Should -Be 'find-b'
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidPattern,*'
        $errors[0].TargetObject | Should -Be 'find-['
    }

    It 'rejects an invalid pattern also when no device answers' {
        { Find-IcePap -Hostname 'find-[' -Interface $loopback -TimeoutSeconds 0.001 } | Should -Throw '*find-`[*'
    }

    It 'filters IP addresses: <Address>' -ForEach @(
        @{ Address = '10.9.8.2'; Names = 'find-b' }
        @{ Address = '10.9.8.[12]'; Names = 'find-a', 'find-b' }
        @{ Address = '10.9.8.0/31'; Names = 'find-a' }
        @{ Address = '10.9.8.1', '10.9.8.2/32'; Names = 'find-a', 'find-b' }
        @{ Address = [ipaddress] '10.9.8.1'; Names = 'find-a' }
    ) {
        (Find-IcePap -IPAddress $Address -Interface $loopback).Hostname | Sort-Object | Should -Be $Names
    }

    It 'finds devices that fit both a name and an IP address' {
        (Find-IcePap find-* -IPAddress 10.9.8.1, 10.9.8.2 -Interface $loopback).Hostname | Sort-Object | Should -Be 'find-a', 'find-b'
        Find-IcePap find-a -IPAddress 10.9.8.2/32 -Interface $loopback -TimeoutSeconds 0.3 -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'reports an IP address that was not found, and ends when the others are' {
        $found = Find-IcePap -IPAddress 10.9.8.1, 10.9.9.9 -Interface $loopback -TimeoutSeconds 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $found.Hostname | Should -Be 'find-a'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.NotFound,*'
        $errors.TargetObject | Should -Be '10.9.9.9'
        (Find-IcePap -IPAddress 10.9.8.1 -Interface $loopback -TimeoutSeconds 600).Hostname | Should -Be 'find-a'
    }

    It 'takes rows with an IP address, and prefers the MAC address and the name of a row' {
        $rows = "Hostname,IPAddress`n,10.9.8.1`nfind-b,10.0.0.9`n" | ConvertFrom-Csv
        ($rows | Find-IcePap -Interface $loopback -ErrorVariable errors).Hostname | Sort-Object | Should -Be 'find-a', 'find-b'
        $errors | Should -BeNullOrEmpty
    }

    It 'takes devices that were saved as JSON' {
        Skip-OnWine 'ConvertTo-Json of an IP address does not end, or ends the process'
        $json = Find-IcePap find-a -Interface $loopback | ConvertTo-Json -WarningAction SilentlyContinue | ConvertFrom-Json
        ($json | Find-IcePap -Interface $loopback).Hostname | Should -Be 'find-a'
    }

    It 'rejects what is no IP address: <_>' -ForEach '10.9.8', '10.9.8.0/33', '10.9.8.0/', 'fe80::1', '10.9.8.256', '10.9.[', '', '/24' {
        { Find-IcePap -IPAddress $_ -Interface $loopback } | Should -Throw "*'IPAddress'*"
    }

    It 'asks controllers for their details' {
        $device = Find-IcePap find-a -Interface $loopback -Detail
        $device | Should -BeOfType PSLabNet.IcePap.IcePapDevice
        $device.Firmware | Should -Be '3.23'
        $device.SerialNumber | Should -Match '^0008\.[0-9A-F]{4}\.[0-9A-F]{4}$'
        $device.Racks | Should -Be 0
        $device.DriverCount | Should -Be 8
        ($device | Format-Table | Out-String) | Should -Match '3\.23 +1 +8 +0008'
        ($device | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv).Racks | Should -Be '0'
        (Find-IcePap find-a -Interface $loopback).Firmware | Should -BeNullOrEmpty
    }

    It 'keeps the row of a device that does not answer over TCP' {
        # 127.255.255.255 is the broadcast address of loopback, where nothing can listen.
        $mute = Start-IcePapSimulator -MacAddress (New-LabMac) -Hostname find-mute -IPAddress 10.255.255.255
        try {
            $device = Find-IcePap find-mute -Interface $loopback -Detail
            $device.Hostname | Should -Be 'find-mute'
            @($device.Firmware, $device.SerialNumber, $device.Racks, $device.DriverCount) -ne $null | Should -BeNullOrEmpty
        }
        finally { $mute | Stop-IcePapSimulator }
    }

    It 'warns of two devices that claim the same address' {
        $twin = New-LabMac
        $null = Start-IcePapSimulator -MacAddress $twin -Hostname find-twin -IPAddress 10.9.8.1
        $null = Find-IcePap -Interface $loopback -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings -join "`n" | Should -Match '10\.9\.8\.1'
        Stop-IcePapSimulator $twin
    }

    It 'rejects an interface that does not exist and lists those that do' {
        Find-IcePap -Interface nowhere -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InterfaceNotFound,*'
        $errors[0].Exception.Message | Should -BeLike '*127.0.0.1*'
    }

    It 'rejects <Name> <Value> when binding' -ForEach @(
        @{ Name = 'TimeoutSeconds'; Value = 0 }, @{ Name = 'TimeoutSeconds'; Value = -1 }, @{ Name = 'TimeoutSeconds'; Value = [double]::NaN }
        @{ Name = 'Retry'; Value = -1 }, @{ Name = 'MacAddress'; Value = 'xy' }, @{ Name = 'Hostname'; Value = '' }
        @{ Name = 'Hostname'; Value = $null }, @{ Name = 'Hostname'; Value = @() }, @{ Name = 'MacAddress'; Value = $null }, @{ Name = 'MacAddress'; Value = @() }
    ) {
        $parameters = @{ $Name = $Value }
        $caught = { Find-IcePap @parameters -Interface $loopback } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -Match '^(ParameterArgument(Validation|Transformation)Error|CannotConvertArgument)'
    }

    It 'completes interfaces with their addresses' {
        $completions = (TabExpansion2 ($line = 'Find-IcePap -Interface ') $line.Length).CompletionMatches
        $completions.ToolTip -join "`n" | Should -Match '127\.0\.0\.1/8'
    }

    It 'shows a table that fits 80 columns' {
        $lines = Find-IcePap find-* -Interface $loopback | Format-Table | Out-String -Width 80 -Stream
        $lines | Where-Object { $_ -match 'find-a' } | Should -Match '10\.9\.8\.1 .*127|lo'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines -match '…|\.\.\.' | Should -BeNullOrEmpty
    }

    It 'shows what went over the wire in debug, in hex' {
        $DebugPreference = 'Continue'
        $debug = Find-IcePap find-a -Interface $loopback 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }
        $debug -join "`n" | Should -Match 'REQUEST_CONFIG.*00 D1 5E A5 ED 00'
    }
}
