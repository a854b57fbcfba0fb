# Cmdlets while a network interface goes down and comes up again.
# Names are "fault | cmdlet | what happens". tools/Build-FaultMatrix.ps1 builds the fault matrix from them.
BeforeDiscovery { $isolated = [bool] $env:PSLABNET_TEST_NAMESPACE }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultLab.ps1')
    . (Join-Path $PSScriptRoot 'FaultScripts.ps1')
}

Describe 'An interface that goes down (in network namespaces of the test)' -Tag CI -Skip:(-not $isolated) {
    BeforeAll {
        $lab = Start-FaultLab "$env:PSLABNET_TEST_NAMESPACE-faults" 20
    }

    AfterAll {
        Stop-FaultLab $lab
    }

    BeforeEach {
        $before = Get-Controller
        $null = Invoke-FaultLab $lab 'faults loss=0'
    }

    AfterEach {
        & ip link set labLink up
        $null = Invoke-FaultLab $lab 'faults loss=0'
    }

    It 'Interface goes down and up | Find-IcePap | warns, keeps sending requests, and finds each of 20 devices once' {
        $finding = Start-BesideFlap $findScript @($before.MacAddress, 80)
        $result = Complete-Beside $finding
        $result.Errors | Should -BeNullOrEmpty
        ($result.Output.MacAddress | Sort-Object) -join ' ' | Should -Be (($before.MacAddress | Sort-Object) -join ' ')
        $result.Warnings | Should -HaveCount 1
    }

    It 'Interface goes down and up | Set-IcePapNetwork | warns, keeps sending requests, and changes the device, sent once and applied once' {
        $plan = @([pscustomobject] @{ MacAddress = $before[0].MacAddress; Hostname = "changed-$($before[0].UpdateCount)-flap" })
        $setting = Start-BesideFlap $setScript @($plan, 20, 1)
        $result = Complete-Beside $setting
        "$($result.Output[0].Hostnames) $($result.Output[0].Sent) $($result.Output[0].ErrorNames)" | Should -Be "$($plan[0].Hostname) 1 "
        (Get-Controller)[0].UpdateCount - $before[0].UpdateCount | Should -Be 1
    }

    It 'Interface goes down and up | Watch-IcePapTraffic | continues with packets that come when the interface is up again' {
        $watching = Start-PacketWatch
        try {
            $null = Find-IcePap -MacAddress $before.MacAddress -Interface labLink -TimeoutSeconds 20
            & ip link set labLink down
            & ip link set labLink up
            Wait-Until { $null = Find-IcePap -MacAddress $before[0].MacAddress -Interface labLink -ErrorAction SilentlyContinue -ErrorVariable errors -WarningAction SilentlyContinue; -not $errors } 'the link is back'
            $shown = (Get-DevicePacket $watching).Count
            $null = Find-IcePap -MacAddress $before.MacAddress -Interface labLink -TimeoutSeconds 20
            Wait-Until { @((Get-DevicePacket $watching)[$shown..9999] | ForEach-Object { "$($_.Packet.Source)" } | Select-Object -Unique).Count -eq 20 } 'it shows an answer of each device'
        }
        finally {
            $result = Stop-Beside $watching
        }

        $result.Errors | Should -BeNullOrEmpty
        $result.Output | Where-Object { -not $_.IsValid } | Should -BeNullOrEmpty
    }

    foreach ($cell in @(
            @{ Cmdlet = 'Get-FlexLmStatus'; Says = 'continues the conversation and returns Up; a query while it is down returns Down with the number -15 at once'; Count = 1 }
            @{ Cmdlet = 'Get-FlexLmFeature'; Says = 'continues the conversation and lists 5 features; a query while it is down gives ServerDown at once'; Count = 5 }
            @{ Cmdlet = 'Get-FlexLmCheckout'; Says = 'continues the conversation and lists 15 checkouts; a query while it is down gives ServerDown at once'; Count = 15 }
        )) {
        It "Interface goes down and up | $($cell.Cmdlet) | $($cell.Says)" -ForEach $cell {
            $connections = (Invoke-FaultLab $lab 'licenses').Connections
            $null = Invoke-FaultLab $lab 'faults delay=300'
            $asking = Start-Beside $askScript @($Cmdlet, $lab.Server, 60, 1)
            Wait-Until { (Invoke-FaultLab $lab 'licenses').Connections -gt $connections } 'the conversation has begun'
            & ip link set labLink down
            $refused = Complete-Beside (Start-Beside $askScript @($Cmdlet, $lab.Server, 60, 1))
            & ip link set labLink up
            $null = Invoke-FaultLab $lab 'faults loss=0'
            $try = (Complete-Beside $asking).Output[0]
            $try.IsDone | Should -BeTrue
            $try.Objects.Count | Should -Be $Count

            $try = $refused.Output[0]
            $try.IsDone | Should -BeFalse
            $try.Seconds | Should -BeLessThan 60
            if ($Cmdlet -eq 'Get-FlexLmStatus') { "$($try.Objects[0].Status) $($try.Objects[0].Error.Code)" | Should -Be 'Down -15' }
            else { "$($try.Objects.Count) $($try.ErrorNames) $($try.Codes)" | Should -Be '0 PSLabNet.ServerDown -15' }
        }
    }

    It 'Interface goes down and up | Watch-FlexLmCheckout | reports ServerDown and ServerUp, and no license' {
        $watching = Start-LicenseWatch 5
        & ip link set labLink down
        Wait-Until { @($watching.Output).Count -ge 1 } 'it reports that the server is down'
        & ip link set labLink up
        Wait-Until { @($watching.Output).Count -ge 2 } 'it reports that the server is up'
        (Stop-Beside $watching).Output.Kind -join ', ' | Should -Be 'ServerDown, ServerUp'
    }
}
