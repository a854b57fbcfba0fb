BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $env:LM_LICENSE_FILE = $null
    $license = @'
SERVER this_host ANY
VENDOR MLM
VENDOR cdslmd
INCREMENT MATLAB MLM 52 31-dec-2099 10 SIGN=1111111111
INCREMENT MATLAB MLM 52 31-dec-2099 5 SIGN=2222222222
INCREMENT Signal_Toolbox MLM 52 permanent 2 SIGN=3333333333
FEATURE Optics cdslmd 1.0 permanent uncounted HOSTID=0123456789AB SIGN=4444444444
'@
}

AfterAll { Stop-FlexLmSimulator }

Describe 'Get-FlexLmStatus' {
    BeforeAll { $up = Start-FlexLmSimulator -LicenseText $license }
    AfterAll { Stop-FlexLmSimulator }

    It 'describes a server and its vendor daemons' {
        $status = Get-FlexLmStatus $up.Server
        $status | Should -BeOfType PSLabNet.FlexLm.FlexLmServerStatus
        $status.Server | Should -Be $up.Server
        $status.Status | Should -Be 'Up'
        $status.Port | Should -Be $up.Port
        $status.Vendors.Name | Sort-Object | Should -Be @('cdslmd', 'MLM')
        $status.Vendors.Status | Select-Object -Unique | Should -Be 'Up'
        $status.IsMaster | Should -BeTrue
        $status.LicenseFile | Should -Not -BeNullOrEmpty
        $status.Error | Should -BeNullOrEmpty
        $status.ResponseTime | Should -BeOfType timespan
        $status.CheckedAt | Should -BeOfType System.DateTimeOffset
    }

    It 'writes one object for each server, in time, whatever is wrong with it' {
        $closed = Start-FlexLmSimulator -Fault Refuse
        $silent = Start-FlexLmSimulator -Fault Silent
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $status = Get-FlexLmStatus $up.Server, $closed.Server, $silent.Server, 27003@unknown.invalid -TimeoutSeconds 6 -ErrorVariable errors -WarningAction SilentlyContinue
        Write-Host ('    four servers in {0:0.00} s with -TimeoutSeconds 6' -f $clock.Elapsed.TotalSeconds)
        $errors | Should -BeNullOrEmpty
        $status | Should -HaveCount 4
        $by = @{}
        $status | ForEach-Object { $by[$_.Server] = $_ }
        $by[$up.Server].Status | Should -Be 'Up'
        $by[$closed.Server].Status | Should -Be 'Down'
        $by[$closed.Server].Error.Code | Should -Be -15
        $by[$closed.Server].Error.SocketError | Should -Be 'ConnectionRefused'
        $by[$silent.Server].Status | Should -Be 'Down'
        $by[$silent.Server].Error.Code | Should -BeIn -16, -52
        $by['27003@unknown.invalid'].Status | Should -Be 'Down'
        $by['27003@unknown.invalid'].Error.Code | Should -Be -96
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
    }

    It 'checks only the vendor daemons that are named' {
        $before = @($up.Requests | Where-Object Daemon -EQ cdslmd).Count
        (Get-FlexLmStatus $up.Server -Vendor M*).Vendors.Name | Should -Be 'MLM'
        @($up.Requests | Where-Object Daemon -EQ cdslmd).Count | Should -Be $before
    }

    It 'reports a vendor daemon that is down' {
        $down = Start-FlexLmSimulator -Vendor one, two -Fault VendorDown -FaultVendor two
        $status = Get-FlexLmStatus $down.Server -WarningAction SilentlyContinue
        $status.Status | Should -Be 'Degraded'
        ($status.Vendors | Where-Object Name -EQ two).Status | Should -Be 'Down'
        ($status.Vendors | Where-Object Name -EQ two).Error | Should -Not -BeNullOrEmpty
        ($status.Vendors | Where-Object Name -EQ one).Status | Should -Be 'Up'
    }

    It 'treats a triad as one server, and shows which node is down' {
        $triad = Start-FlexLmSimulator -Redundant -DownNode 3
        $status = Get-FlexLmStatus $triad.Server -TimeoutSeconds 5 -WarningAction SilentlyContinue
        $status | Should -HaveCount 1
        $status.Status | Should -Be 'Degraded'
        $status.Nodes.Status | Should -Be @('Up', 'Up', 'Down')
    }

    It 'takes servers from the pipeline, from text, objects and CSV rows' {
        ($up.Server | Get-FlexLmStatus).Status | Should -Be 'Up'
        ($up | Get-FlexLmStatus).Status | Should -Be 'Up'
        ("Server`n$($up.Server)" | ConvertFrom-Csv | Get-FlexLmStatus).Status | Should -Be 'Up'
        (Get-FlexLmStatus $up.Server | Get-FlexLmStatus).Server | Should -Be $up.Server
    }

    It 'falls back to the connected address when a server names a wrong host, and warns' {
        $lying = Start-FlexLmSimulator -LicenseText $license -Fault UnknownHostNames
        $status = Get-FlexLmStatus $lying.Server -WarningVariable warnings -WarningAction SilentlyContinue
        $status.Status | Should -Be 'Up'
        $status.Warnings | Should -Not -BeNullOrEmpty
        $warnings | Should -Not -BeNullOrEmpty
    }

    It 'uses the servers configured on this machine when none is named' {
        $env:LM_LICENSE_FILE = $up.Server
        try { (Get-FlexLmStatus).Server | Should -Be $up.Server }
        finally { $env:LM_LICENSE_FILE = $null }
    }

    It 'reads a license file by a path relative to the current location: <_>' -ForEach 'here.dat', './here.dat', '../here/here.dat' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'here') -Force
        Set-Content (Join-Path $folder 'here.dat') "SERVER 127.0.0.1 ANY $($up.Port)", 'VENDOR MLM'
        Push-Location $folder
        try {
            (Get-FlexLmStatus $_).Server | Should -Be $up.Server
            $env:LM_LICENSE_FILE = $_
            (Get-FlexLmStatus).Server | Should -Be $up.Server
        }
        finally {
            $env:LM_LICENSE_FILE = $null
            Pop-Location
        }
    }

    It 'says where it looked when no server is configured' {
        Get-FlexLmStatus -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -Be 'PSLabNet.NoServer,PSLabNet.Commands.FlexLm.GetFlexLmStatusCommand'
        $errors[0].Exception.Message | Should -BeLike '*LM_LICENSE_FILE*'
    }

    It 'rejects text that is not a server, and queries the others' {
        $status = Get-FlexLmStatus 'no such thing', $up.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $status.Server | Should -Be $up.Server
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidServer,*'
        $errors[0].TargetObject | Should -Be 'no such thing'
    }

    It 'reads the SERVER lines of a license file' {
        $file = Join-Path $TestDrive 'license.dat'
        Set-Content $file "SERVER 127.0.0.1 ANY $($up.Port)`nUSE_SERVER"
        (Get-FlexLmStatus $file).Status | Should -Be 'Up'
    }

    It 'completes servers that were queried before' {
        $null = Get-FlexLmStatus $up.Server
        (TabExpansion2 ($line = 'Get-FlexLmStatus -Server ') $line.Length).CompletionMatches.CompletionText | Should -Contain $up.Server
    }

    It 'shows a table that fits 80 columns' {
        $lines = Get-FlexLmStatus $up.Server | Format-Table | Out-String -Width 80 -Stream
        $lines -join "`n" | Should -Match 'Up'
    }
}

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

Describe 'Get-FlexLmCheckout' {
    BeforeAll {
        $server = Start-FlexLmSimulator -LicenseText $license
        $null = $server.Checkout('MATLAB', 'alice', 'ws1', '/dev/pts/1', 1)
        $null = $server.Checkout('MATLAB', 'bob', 'ws2', ':0', 1)
        $null = $server.Checkout('Signal_Toolbox', 'alice', 'ws3', ':1', 1)
        $null = $server.Reserve('MATLAB', 'optics', 1)
    }

    AfterAll { Stop-FlexLmSimulator }

    It 'lists who holds what' {
        $checkouts = Get-FlexLmCheckout -Server $server.Server
        $checkouts[0] | Should -BeOfType PSLabNet.FlexLm.FlexLmCheckout
        ($checkouts | ForEach-Object { "$($_.Kind) $($_.User) $($_.HostName) $($_.Feature) $($_.Count)" } | Sort-Object) | Should -Be @(
            'Checkout alice ws1 MATLAB 1', 'Checkout alice ws3 Signal_Toolbox 1', 'Checkout bob ws2 MATLAB 1', 'Reservation optics  MATLAB 1')
        $alice = $checkouts | Where-Object HostName -EQ ws1
        $alice.Since | Should -BeOfType System.DateTimeOffset
        $alice.Duration | Should -BeOfType timespan
        $alice.Display | Should -Be '/dev/pts/1'
        $alice.Handle | Should -Not -BeNullOrEmpty
        $alice.Version | Should -Be '52'
    }

    It 'filters by user, host, feature and vendor' {
        (Get-FlexLmCheckout -Server $server.Server -User ali*).HostName | Sort-Object | Should -Be @('ws1', 'ws3')
        (Get-FlexLmCheckout -Server $server.Server -HostName ws2).User | Should -Be 'bob'
        (Get-FlexLmCheckout Signal* -Server $server.Server).User | Should -Be 'alice'
        Get-FlexLmCheckout -Server $server.Server -Vendor cds* | Should -BeNullOrEmpty
    }

    It 'unrolls features that are piped in, and queries no server again' {
        $features = Get-FlexLmFeature -Server $server.Server
        $before = $server.Requests.Count
        ($features | Where-Object InUse -GT 0 | Get-FlexLmCheckout -User alice).Count | Should -Be 2
        (Get-FlexLmCheckout -InputObject $features).Count | Should -Be 4
        $server.Requests.Count | Should -Be $before
    }

    It 'takes a status from the pipeline' {
        (Get-FlexLmStatus $server.Server | Get-FlexLmCheckout -User bob).HostName | Should -Be 'ws2'
    }

    It 'shows a table that fits 80 columns and is not cut' {
        $lines = Get-FlexLmCheckout -Server $server.Server | Format-Table | Out-String -Width 80 -Stream
        $lines -match 'Reservation' | Should -Not -BeNullOrEmpty
        $lines -match '…' | Should -BeNullOrEmpty
    }
}

Describe 'Get-FlexLmLicense' {
    BeforeAll {
        $file = Join-Path $TestDrive 'lab.lic'
        Set-Content $file ($license + "`nINCREMENT broken`nFEATURE last MLM 1.0 1-jan-0 1 KEY1 XYZ=unknown")
    }

    It 'reads files, and reports a bad line with its number' {
        $lines = Get-FlexLmLicense -Path (Join-Path $TestDrive '*.lic') -ErrorVariable errors -ErrorAction SilentlyContinue
        $lines | Should -HaveCount 8
        $lines[3] | Should -BeOfType PSLabNet.FlexLm.FlexLmLicenseLine
        $lines[3].Kind | Should -Be 'Increment'
        $lines[3].Signature | Should -Be '1111111111'
        $lines[3].LineNumber | Should -Be 4
        $lines[3].Source | Should -Be $file
        $lines[-1].Expires | Should -BeNullOrEmpty
        $lines[-1].Attributes['XYZ'] | Should -Be 'unknown'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.LicenseFault,*'
        $errors[0].Exception.Message | Should -BeLike '*lab.lic:8:*'
    }

    It 'reads the license file of a server, and returns it raw' {
        $server = Start-FlexLmSimulator -LicenseText $license
        (Get-FlexLmLicense $server.Server | Where-Object Kind -EQ Increment) | Should -HaveCount 3
        Get-FlexLmLicense $server.Server -Raw | Should -BeLike '*Signal_Toolbox*'
        $server | Stop-FlexLmSimulator
    }

    It 'reports a file that does not exist, and a server that is down' {
        Get-FlexLmLicense -Path (Join-Path $TestDrive 'none.lic') -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
        $dead = Start-FlexLmSimulator -Fault Refuse
        Get-FlexLmLicense $dead.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.ServerDown,*'
        $dead | Stop-FlexLmSimulator
    }

    It 'takes files from Get-ChildItem' {
        (Get-ChildItem $TestDrive -Filter *.lic | Get-FlexLmLicense -ErrorAction SilentlyContinue | Where-Object Feature -EQ MATLAB).Count | Should -Be 2
    }
}

Describe 'Get-FlexLmError' {
    It 'explains a number, with or without its sign' {
        (Get-FlexLmError -15).Name | Should -Be 'LM_CANTCONNECT'
        (Get-FlexLmError 15).Code | Should -Be -15
        (-96, -97 | Get-FlexLmError).Count | Should -Be 2
    }

    It 'lists the whole table' { (Get-FlexLmError).Count | Should -BeGreaterThan 190 }

    It 'reports a number that is not in the table' {
        Get-FlexLmError 9999 -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.NotFound,*'
    }
}

Describe 'The FlexLM simulator' {
    It 'is started, listed and stopped' {
        $first = Start-FlexLmSimulator
        $second = Start-FlexLmSimulator
        (Get-FlexLmSimulator).Count | Should -BeGreaterOrEqual 2
        (Get-FlexLmSimulator $first.Port).Server | Should -Be $first.Server
        $first | Stop-FlexLmSimulator
        Get-FlexLmSimulator $first.Port | Should -BeNullOrEmpty
        (Get-FlexLmStatus $first.Server).Status | Should -Be 'Down'
        @() | Stop-FlexLmSimulator
        (Get-FlexLmStatus $second.Server).Status | Should -Be 'Up'
        Stop-FlexLmSimulator
        Get-FlexLmSimulator | Should -BeNullOrEmpty
    }

    It 'stops none when the port is <Name>' -ForEach @{ Name = 'null'; Value = $null }, @{ Name = 'an empty list'; Value = @() } {
        $server = Start-FlexLmSimulator
        Stop-FlexLmSimulator $Value
        (Get-FlexLmSimulator $server.Port).Server | Should -Be $server.Server
        $server | Stop-FlexLmSimulator
    }

    It 'serves a license file' {
        $file = Join-Path $TestDrive 'served.lic'
        Set-Content $file $license
        $server = Start-FlexLmSimulator -LicenseFile $file
        (Get-FlexLmFeature -Server $server.Server).Count | Should -Be 3
        $server | Stop-FlexLmSimulator
        Start-FlexLmSimulator -LicenseFile (Join-Path $TestDrive 'none.lic') -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
    }

    It 'reports a license file that cannot be read' {
        Start-FlexLmSimulator -LicenseFile $TestDrive -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotReadable,*'
    }

    It 'reports a port that is in use' {
        $first = Start-FlexLmSimulator
        Start-FlexLmSimulator -Port $first.Port -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PortInUse,*'
        Stop-FlexLmSimulator
    }
}

Describe 'Many license servers' -Tag CI {
    It 'asks 200, of which 40 are dead, in one call' {
        # Wine opens and closes a socket in a process of its own, one at a time for all.
        $limit = if (Test-Wine) { 30 } else { 5 }
        $servers = 1..160 | ForEach-Object { Start-FlexLmSimulator -Vendor many -FeatureCount 100 -CheckoutCount 1 }
        $silent = 1..40 | ForEach-Object { Start-FlexLmSimulator -Fault Silent }
        $list = Join-Path $TestDrive 'servers.txt'
        Set-Content $list ($servers.Server + $silent.Server)
        try {
            # The client is a separate process: the test measures its memory.
            $result = Invoke-PowerShell -Command "
                Import-Module '$root/PSLabNet.psd1'
                `$clock = [System.Diagnostics.Stopwatch]::StartNew()
                `$features = Get-FlexLmFeature -Server (Get-Content '$list') -TimeoutSeconds $limit -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
                `$seconds = `$clock.Elapsed.TotalSeconds
                `$features.Count; @(`$features | Where-Object { -not `$_.IsComplete }).Count; `$errors.Count
                # Numbers in strings are the same in every culture.
                `"`$seconds`"; `"`$([System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB)`""
            Write-Host ('    {0} features of 200 servers, 40 of them silent: {1:0.00} s with -TimeoutSeconds {3}, {2:0} MB at most in the whole process' -f $result[0], [double] $result[3], [double] $result[4], $limit)
            $result[0] | Should -Be 16000
            $result[1] | Should -Be 0
            $result[2] | Should -Be 40
            [double] $result[4] | Should -BeLessThan 300
        }
        finally {
            Stop-FlexLmSimulator
        }
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
