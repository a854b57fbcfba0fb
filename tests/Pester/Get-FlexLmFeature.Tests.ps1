BeforeAll { . (Join-Path $PSScriptRoot 'LicenseLab.ps1') }

AfterAll { Stop-FlexLmSimulator }

Describe 'Get-FlexLmFeature' {
    BeforeAll {
        $server = Start-FlexLmSimulator -LicenseText $license
        $null = $server.Checkout('MATLAB', 'alice', 'ws1', '/dev/pts/1', 1)
        $null = $server.Checkout('MATLAB', 'bob', 'ws2', ':0', 1)
        1..3 | ForEach-Object { $null = $server.Reserve('MATLAB', 'optics', 1) }
    }

    AfterAll { Stop-FlexLmSimulator }

    It 'counts lines of one pool once, and separates reserved from in use' {
        $feature = Get-FlexLmFeature MATLAB -Server $server.Server
        $feature | Should -BeOfType PSLabNet.FlexLm.FlexLmFeature
        $feature | Should -HaveCount 1
        $feature.Issued | Should -Be 15
        $feature.InUse | Should -Be 2
        $feature.Reserved | Should -Be 3
        $feature.ReportedInUse | Should -Be 5
        $feature.Available | Should -Be 10
        $feature.Pools | Should -HaveCount 1
        $feature.IsComplete | Should -BeTrue
        $feature.Vendor | Should -Be 'MLM'
        $feature.Version | Should -Be '52'
        $feature.Expires.Date | Should -Be ([datetime] '2099-12-31')
        $feature.DaysLeft | Should -BeGreaterThan 20000
        $feature.LicenseType | Should -Be 'Floating'
    }

    It 'invents no numbers for uncounted licenses' {
        $optics = Get-FlexLmFeature Optics -Server $server.Server
        $optics.Issued | Should -BeNullOrEmpty
        $optics.LicenseType | Should -Be 'UncountedNodeLocked'
        $optics.Expires | Should -BeNullOrEmpty
    }

    It 'requests only what was asked for, over one connection for each daemon' {
        $own = Start-FlexLmSimulator -LicenseText $license
        $null = Get-FlexLmFeature MATLAB -Server $own.Server
        @($own.Requests | Where-Object Detail -EQ Signal_Toolbox) | Should -BeNullOrEmpty
        $own.ConnectionsOf('MLM') | Should -Be 1
        $own.ConnectionsOf('cdslmd') | Should -Be 0
        $null = $own | Stop-FlexLmSimulator
    }

    It 'filters names and vendors with wildcards' {
        (Get-FlexLmFeature M*, Sig* -Server $server.Server).Name | Sort-Object | Should -Be @('MATLAB', 'Signal_Toolbox')
        (Get-FlexLmFeature -Vendor cds* -Server $server.Server).Name | Should -Be 'Optics'
        (Get-FlexLmFeature matlab -Server $server.Server).Name | Should -Be 'MATLAB'
    }

    It 'reports a name that no server has' {
        Get-FlexLmFeature Nothing -Server $server.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -Be 'PSLabNet.NotFound,PSLabNet.Commands.FlexLm.GetFlexLmFeatureCommand'
        $errors[0].TargetObject | Should -Be 'Nothing'
        Get-FlexLmFeature Nothing* -Server $server.Server -ErrorVariable errors | Should -BeNullOrEmpty
        $errors | Should -BeNullOrEmpty
    }

    It 'explains that <_> takes the name of a feature first, when a server is given there' -ForEach 'Get-FlexLmFeature', 'Get-FlexLmCheckout', 'Watch-FlexLmCheckout' {
        & $_ 27000@elsewhere -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors -ErrorAction SilentlyContinue
        $warnings | Should -Be "'27000@elsewhere' is used as the name of a feature. To name a license server, use -Server."
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.NoServer,*'
    }

    It 'explains it once, however many servers are piped in' {
        $null = $server, $server, $server | Get-FlexLmFeature 27000@elsewhere -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $warnings | Should -HaveCount 1
    }

    It 'takes the server from a status, and queries each server once' {
        (Get-FlexLmStatus $server.Server | Get-FlexLmFeature).Count | Should -Be 3
        $before = $server.Connections
        $null = $server.Server, $server.Server | ForEach-Object { [pscustomobject] @{ Server = $_; Name = 'MATLAB' } } | Get-FlexLmFeature
        $server.Connections - $before | Should -Be 2
    }

    It 'returns the right numbers from a daemon with the fault <_>' -ForEach DropAhead, CloseAhead, OutOfTurn, UsageLast {
        $odd = Start-FlexLmSimulator -Vendor odd -FeatureCount 30 -CheckoutCount 3 -Fault $_ -FaultTarget Vendor
        $features = Get-FlexLmFeature -Server $odd.Server -WarningAction SilentlyContinue -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        $features | Should -HaveCount 30
        $features.InUse | Select-Object -Unique | Should -Be 3
        $features.IsComplete | Select-Object -Unique | Should -BeTrue
        $odd | Stop-FlexLmSimulator
    }

    It 'returns no wrong number from a daemon with the fault <_>' -ForEach FewerUsage, MoreUsage {
        $odd = Start-FlexLmSimulator -Vendor odd -FeatureCount 3 -CheckoutCount 3 -Fault $_ -FaultTarget Vendor
        $features = Get-FlexLmFeature -Server $odd.Server -WarningAction SilentlyContinue -TimeoutSeconds 20
        $features | Should -HaveCount 3
        $features.IsComplete | Select-Object -Unique | Should -BeFalse
        $features.ReportedInUse | Select-Object -Unique | Should -Be 3
        $odd | Stop-FlexLmSimulator
    }

    It 'reports a server that is down and continues with the others' {
        $dead = Start-FlexLmSimulator -Fault Refuse
        $features = Get-FlexLmFeature -Server $dead.Server, $server.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $features | Should -HaveCount 3
        $errors[0].FullyQualifiedErrorId | Should -Be 'PSLabNet.ServerDown,PSLabNet.Commands.FlexLm.GetFlexLmFeatureCommand'
        $errors[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        $errors[0].TargetObject | Should -Be $dead.Server
        $errors[0].Exception.Error.Code | Should -Be -15
        $dead | Stop-FlexLmSimulator
    }

    It 'reports a vendor daemon that is down and continues with the others' {
        $half = Start-FlexLmSimulator -Vendor one, two -Fault VendorDown -FaultVendor two
        $features = Get-FlexLmFeature -Server $half.Server -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        ($features | Where-Object Vendor -EQ one).IsComplete | Select-Object -Unique | Should -BeTrue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.VendorDown,*'
        $errors[0].Exception.Vendor | Should -Be 'two'
        $half | Stop-FlexLmSimulator
    }

    It 'reports a server that answers only authenticated clients' {
        $locked = Start-FlexLmSimulator -Fault Authenticated
        Get-FlexLmFeature -Server $locked.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.AuthenticatedOnly,*'
        $errors[0].Exception.Message | Should -BeLike '*this server answers only authenticated clients*'
        $locked | Stop-FlexLmSimulator
    }

    It 'returns the same objects from a server of the old generation' {
        $old = Start-FlexLmSimulator -Generation Old -Vendor old -FeatureCount 4 -CheckoutCount 2
        (Get-FlexLmStatus $old.Server).Generation | Should -Be 'Old'
        $features = Get-FlexLmFeature -Server $old.Server
        $features | Should -HaveCount 4
        $features.InUse | Select-Object -Unique | Should -Be 2
        $old | Stop-FlexLmSimulator
    }

    It 'reads a license file of more than 64 KiB' {
        $long = Start-FlexLmSimulator -LicenseText $license -Fault LongLicense
        Get-FlexLmFeature -Server $long.Server -WarningAction SilentlyContinue | Should -HaveCount 3
        $long | Stop-FlexLmSimulator
    }

    It 'queries a triad once, and does not count it three times' {
        $triad = Start-FlexLmSimulator -LicenseText $license -Redundant -CheckoutCount 1
        (Get-FlexLmFeature MATLAB -Server $triad.Server).Issued | Should -Be 15
        $triad | Stop-FlexLmSimulator
    }

    It 'survives JSON, CSV and a job' {
        $feature = Get-FlexLmFeature MATLAB -Server $server.Server
        $json = $feature | ConvertTo-Json -Depth 6 | ConvertFrom-Json
        $json.Issued | Should -Be 15
        $json.Checkouts.User | Sort-Object | Should -Be @('alice', 'bob')
        $feature | Export-Csv (Join-Path $TestDrive f.csv) -NoTypeInformation
        (Import-Csv (Join-Path $TestDrive f.csv)).ReportedInUse | Should -Be '5'
        $job = Start-Job { param($module, $server) Import-Module $module; Get-FlexLmFeature MATLAB -Server $server } -ArgumentList "$root/PSLabNet.psd1", $server.Server
        $back = $job | Wait-Job -Timeout 120 | Receive-Job
        $job | Remove-Job -Force
        $back.Issued | Should -Be 15
        $back.Pools[0].Issued | Should -Be 15
        $back.Checkouts.User | Sort-Object | Should -Be @('alice', 'bob')
    }

    It 'rejects <Name> <Value> when binding' -ForEach @(
        @{ Name = 'TimeoutSeconds'; Value = 0 }, @{ Name = 'ThrottleLimit'; Value = 0 }, @{ Name = 'Server'; Value = '' }, @{ Name = 'Name'; Value = '' }, @{ Name = 'Vendor'; Value = @() }
    ) {
        $parameters = @{ $Name = $Value }
        { Get-FlexLmFeature @parameters } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'queries no more servers at a time than ThrottleLimit' {
        $servers = 1..4 | ForEach-Object { Start-FlexLmSimulator -Vendor v -FeatureCount 1 }
        Get-FlexLmFeature -Server $servers.Server -ThrottleLimit 1 | Should -HaveCount 4
        $servers | Stop-FlexLmSimulator
    }
}

Describe 'Lists in objects' {
    It 'can be indexed, whatever made them' {
        $server = Start-FlexLmSimulator -LicenseText $license
        1..2 | ForEach-Object { $null = $server.Checkout('MATLAB', "user$_", 'ws1', ':0', 1); $null = $server.Reserve('MATLAB', "group$_", 1) }
        $feature = Get-FlexLmFeature MATLAB -Server $server.Server
        $feature.Checkouts[0].User | Should -Be 'user1'
        $feature.Reservations[1].User | Should -Be 'group2'
        $feature.Pools[0].Issued | Should -Be 15
        $feature.Pools[0].Lines[1].Quantity | Should -Be 5
        $feature.Pools[0].Checkouts[-1].User | Should -Be 'user2'
        (Get-FlexLmStatus $server.Server).Vendors[0].Name | Should -BeIn 'MLM', 'cdslmd'
        $server.Vendors[0].Features[0] | Should -Be 'MATLAB'
        $server.Requests[0].Daemon | Should -Be 'lmgrd'
        $snapshot = ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt')
        $snapshot.Features[0].Name | Should -Not -BeNullOrEmpty
        $snapshot.Servers[0].Vendors[0].Name | Should -Be 'MLM'
        $snapshot.Features[0].Checkouts[0].User | Should -Be 'alice'
        $server | Stop-FlexLmSimulator
    }
}
