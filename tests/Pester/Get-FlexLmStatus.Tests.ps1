BeforeAll { . (Join-Path $PSScriptRoot 'LicenseLab.ps1') }

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
