BeforeAll { . (Join-Path $PSScriptRoot 'LicenseLab.ps1') }

AfterAll { Stop-FlexLmSimulator }

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
