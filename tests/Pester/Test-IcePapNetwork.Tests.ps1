BeforeDiscovery { $isolated = [bool] $env:PSLABNET_TEST_NAMESPACE }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $quick = @{ Interface = $loopback; TimeoutSeconds = 0.5 }
}

Describe 'Test-IcePapNetwork' {
    BeforeAll {
        $macs = 1..4 | ForEach-Object { New-LabMac }
        $gone = New-LabMac
        $null = Start-IcePapSimulator -MacAddress $macs -Hostname net-a, net-b, net-c, net-d -IPAddress 10.9.7.1, 10.9.7.2, 10.9.7.3, 10.9.7.4
        $csv = Join-Path $TestDrive plan.csv
        Set-Content $csv @"
MacAddress, Hostname ,IPAddress,Room
$($macs[0]),net-a,10.9.7.1,1
$($macs[1]),hall2,10.9.7.22,2
$($macs[2]),,10.9.7.4,3
$gone,net-gone,10.9.7.9,4
"@
        function Get-State($States) { @($States | ForEach-Object { "$($_.State)" }) -join ' ' }
    }

    AfterAll { Stop-IcePapSimulator }

    It 'writes one object for each planned and for each found device' {
        $states = Import-Csv $csv | Test-IcePapNetwork @quick
        $states | Should -BeOfType PSLabNet.IcePap.IcePapNetworkState
        $states.MacAddress | Should -Be @($macs[0], $macs[1], $macs[2], $gone, $macs[3])
        Get-State $states | Should -Be 'AsPlanned Different Conflict Missing Conflict'
        $states[1].Changes -join '; ' | Should -Be 'Hostname net-b -> hall2; IPAddress 10.9.7.2 -> 10.9.7.22'
        $states[1].Device.Hostname | Should -Be 'net-b'
        $states[2].DuplicateOf | Should -Be $macs[3]
        $states[2].Problems | Should -BeLike "*10.9.7.4*$($macs[3])*"
        $states[3].Device | Should -BeNullOrEmpty
        ($states | Format-Table | Out-String) | Should -Match 'Different +10\.9\.7\.22 +hall2 +Hostname'
    }

    It 'shows what is there without a plan' {
        Get-State (Test-IcePapNetwork @quick) | Should -Be 'Unplanned Unplanned Unplanned Unplanned'
        Test-IcePapNetwork @quick -Quiet | Should -BeTrue
        Get-State (@() | Test-IcePapNetwork @quick) | Should -Be 'Unplanned Unplanned Unplanned Unplanned'
        @() | Test-IcePapNetwork @quick -Quiet | Should -BeFalse
    }

    It 'takes <Name> as a plan' -ForEach @(
        @{ Name = 'devices'; Get = { Find-IcePap net-[ab] @quick } }
        @{ Name = 'its own output'; Get = { Find-IcePap net-[ab] @quick | Test-IcePapNetwork @quick | Where-Object State -EQ AsPlanned } }
        @{ Name = 'saved devices'; Get = { Find-IcePap net-[ab] @quick | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
        @{ Name = 'devices in JSON'; Get = { Find-IcePap net-[ab] @quick | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json } }
        @{ Name = 'devices of another process'; Get = { Find-IcePap net-[ab] @quick | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) } } }
        @{ Name = 'hashtables'; Get = { @{ macaddress = "$($macs[0])"; hostname = 'net-a' }, @{ MacAddress = $macs[1]; IPAddress = [ipaddress] '10.9.7.2'; PrefixLength = '24' } } }
        @{ Name = 'MAC addresses'; Get = { $macs[0], "$($macs[1])" } }
    ) {
        if ($Name -eq 'devices in JSON') { Skip-OnWine 'ConvertTo-Json of an IP address does not end, or ends the process' }
        $plan = & $Get | Sort-Object { "$($_.Hostname)" }
        Get-State ($plan | Test-IcePapNetwork @quick) | Should -Be 'AsPlanned AsPlanned Unplanned Unplanned'
        Get-State (Test-IcePapNetwork -Plan $plan @quick) | Should -Be 'AsPlanned AsPlanned Unplanned Unplanned'
    }

    It 'answers true or false with -Quiet' {
        $all = Find-IcePap @quick
        $all | Test-IcePapNetwork @quick -Quiet | Should -BeTrue
        $all | Select-Object -First 3 | Test-IcePapNetwork @quick -Quiet | Should -BeFalse
        $answer = @(Import-Csv $csv | Test-IcePapNetwork @quick -Quiet)
        $answer | Should -HaveCount 1
        $answer[0] | Should -BeFalse
    }

    It 'reports a row that names no device or can not be read, and compares the others' {
        $rows = [pscustomobject] @{ Hostname = 'net-a' }, [pscustomobject] @{ MacAddress = $macs[1]; IPAddress = '10.9' }, [pscustomobject] @{ MacAddress = $macs[0] }
        $states = $rows | Test-IcePapNetwork @quick -ErrorVariable errors -ErrorAction SilentlyContinue
        $states[0].MacAddress | Should -Be $macs[0]
        $errors.FullyQualifiedErrorId | Should -Be (@('PSLabNet.InvalidSettings,PSLabNet.Commands.IcePap.TestIcePapNetworkCommand') * 2)
        $errors[0].Exception.Message | Should -BeLike 'Row 1 of the plan*MacAddress*'
        $errors[1].Exception.Message | Should -BeLike "Row 2 of the plan*'10.9' is not an IPv4 address*"
        $rows | Test-IcePapNetwork @quick -Quiet -ErrorAction SilentlyContinue | Should -BeFalse
    }

    It 'repairs what is different through Set-IcePapNetwork, and changes nothing the second time' {
        $states = Import-Csv $csv | Test-IcePapNetwork @quick | Where-Object State -EQ Different
        $states | Set-IcePapNetwork -Interface $loopback -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        "$(Get-IcePapSimulator hall2)" | Should -BeLike 'hall2 (10.9.7.22,*'
        $updates = (Get-IcePapSimulator hall2).UpdateCount
        $updates | Should -Be 1
        $states | Set-IcePapNetwork -Interface $loopback -Confirm:$false
        Import-Csv $csv | Test-IcePapNetwork @quick | Where-Object { $_.State -in 'AsPlanned', 'Different' } | Set-IcePapNetwork -Interface $loopback -Confirm:$false
        (Get-IcePapSimulator hall2).UpdateCount | Should -Be $updates

        # Saved and edited in a spreadsheet, it is a plan too.
        $saved = Import-Csv $csv | Test-IcePapNetwork @quick | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv | Where-Object Hostname -EQ hall2
        $saved.Hostname = 'hall3'
        $saved | Set-IcePapNetwork -Interface $loopback -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        Get-IcePapSimulator hall3 | Should -Not -BeNullOrEmpty
    }

    It 'says that all are missing when nothing answers' {
        $saved = Find-IcePap @quick
        Stop-IcePapSimulator
        Get-State ($saved | Test-IcePapNetwork @quick) | Should -Be 'Missing Missing Missing Missing'
        Test-IcePapNetwork @quick -Quiet | Should -BeFalse
    }
}

Describe 'Test-IcePapNetwork on a wire (in network namespaces of the test)' -Tag CI -Skip:(-not $isolated) {
    BeforeAll {
        $lab = $env:PSLABNET_TEST_NAMESPACE
        # A machine with two more addresses, one of them the gateway, and a device without an address of its own.
        & ip -n "$lab-A" addr add 10.77.65.50/24 dev devices
        & ip -n "$lab-A" addr add 10.77.65.254/24 dev devices
        $behind = Start-LabProcess -Count 1 -Interface devices -Namespace "$lab-A"
        $device = Find-IcePap -Interface labA -TimeoutSeconds 5
    }

    AfterAll {
        Stop-LabProcess $behind
        & ip -n "$lab-A" addr del 10.77.65.50/24 dev devices
        & ip -n "$lab-A" addr del 10.77.65.254/24 dev devices
    }

    It 'sees a machine that is no IcePAP on the planned address: <Address>' -ForEach @(
        @{ Address = '10.77.65.50'; Foreign = $true; Expected = 'Conflict' }
        @{ Address = '10.77.65.51'; Foreign = $false; Expected = 'Different' }
        @{ Address = '192.0.2.9'; Foreign = $null; Expected = 'Different' }
    ) {
        $plan = @{ MacAddress = $device.MacAddress; IPAddress = $Address; PrefixLength = 24; Gateway = $Address -replace '\d+$', '254' }
        $state = $plan | Test-IcePapNetwork -Interface labA
        $state.ForeignHost | Should -Be $Foreign
        "$($state.State)" | Should -Be $Expected
        $state.GatewayAnswers | Should -Be $(if ($Address -like '10.*') { $true })
    }

    It 'sees that a gateway does not answer, and that the name service agrees' {
        $state = @{ MacAddress = $device.MacAddress; Hostname = 'dnsnamed'; IPAddress = '10.77.65.40'; PrefixLength = 24; Gateway = '10.77.65.253' } | Test-IcePapNetwork -Interface labA
        $state.GatewayAnswers | Should -BeFalse
        "$($state.Dns) $($state.Reverse)" | Should -Be 'Agrees Agrees'
        $other = @{ MacAddress = $device.MacAddress; Hostname = 'elsewhere'; IPAddress = '10.77.65.40'; PrefixLength = 24; Gateway = '10.77.65.253' } | Test-IcePapNetwork -Interface labA
        "$($other.Dns) $($other.Reverse)" | Should -Be 'Differs Differs'
    }

    It 'stops Set-IcePapNetwork before it gives the address of a machine, unless it is forced' {
        $settings = @{ MacAddress = $device.MacAddress; IPAddress = '10.77.65.50'; PrefixLength = 24; Gateway = '10.77.65.1'; Interface = 'labA'; Confirm = $false }
        Set-IcePapNetwork @settings -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.AddressInUse,*'
        $errors[0].Exception.Message | Should -BeLike '*no IcePAP*10.77.65.50*'
        (Find-IcePap -MacAddress $device.MacAddress -Interface labA).IPAddress | Should -Be $device.IPAddress
        Set-IcePapNetwork @settings -Force -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '*no IcePAP*'
        (Find-IcePap -MacAddress $device.MacAddress -Interface labA).IPAddress | Should -Be ([ipaddress] '10.77.65.50')
    }

    It 'compares 10,000 devices within two seconds beside the quiet time' {
        $process = Start-LabProcess -Count 10000 -Interface devices -Namespace "$lab-B"
        try {
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $found = Find-IcePap -Interface labB -Retry 3
            $search = $clock.Elapsed.TotalSeconds
            $clock.Restart()
            $states = $found | Test-IcePapNetwork -Interface labB
            $seconds = $clock.Elapsed.TotalSeconds
            Write-Host ('    {0} devices found in {1:0.00} s, compared in {2:0.00} s, the quiet second included in both' -f $found.Count, $search, $seconds)
            $states.Count | Should -Be 10000
            # The bound of the probes is two seconds; the rest is for a busy machine.
            $seconds - $search | Should -BeLessThan 30
        }
        finally { Stop-LabProcess $process }
    }
}
