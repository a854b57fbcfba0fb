# Faults of license servers, and what each cmdlet does then. Each test is a row of docs/fault-matrix.md,
# named '<fault> | <cmdlet> | <what happens>'. Beside each server that fails runs one that does not fail.
# Its answers are complete, and no connection is left open. Tests that need a packet filter run only in
# the namespace that Invoke-PesterSuite.ps1 creates.
BeforeDiscovery {
    $isolated = $env:PSLABNET_TEST_NAMESPACE -and (Get-Command nft -CommandType Application -ErrorAction Ignore)
    . (Join-Path $PSScriptRoot 'Wine.ps1')
    $resets = Get-WineReason 'a close with linger 0 arrives as an end of the connection, not as a reset'

    # Start creates the server. Code and Name are the server's error in Get-FlexLmError, and Socket is the socket error.
    # Seconds is short if only the time limit ends the wait.
    $faults = @(
        @{ Fault = 'closed port'; Code = -15; Name = 'LM_CANTCONNECT'; Socket = 'ConnectionRefused'; Start = { Start-FlexLmSimulator -Fault Refuse } }
        @{ Fault = 'RST after accept'; Code = -16; Name = 'LM_CANTREAD'; Socket = 'ConnectionReset'; Start = { Start-FaultyServer ResetOnAccept } }
        @{ Fault = 'RST in the middle of an answer'; Code = -16; Name = 'LM_CANTREAD'; Socket = 'ConnectionReset'; Start = { Start-FaultyServer ResetInAnswer -Behind $behind } }
        @{ Fault = 'closes in the middle of an answer'; Code = -16; Name = 'LM_CANTREAD'; Socket = 'ConnectionAborted'; Start = { Start-FaultyServer CloseInAnswer -Behind $behind } }
        @{ Fault = 'garbage'; Code = -12; Name = 'LM_BADCOMM'; Socket = $null; Start = { Start-FaultyServer Garbage } }
        @{ Fault = 'another protocol (HTTP)'; Id = 'NotLicenseServer'; Code = -12; Name = 'LM_BADCOMM'; Socket = $null; Start = { Start-FaultyServer Http } }
        @{ Fault = 'slow sender (a byte a second)'; Code = -16; Name = 'LM_CANTREAD'; Socket = 'TimedOut'; Seconds = 3; Start = { Start-FlexLmSimulator -Fault OneBytePerSecond } }
        @{ Fault = 'half-open (silent in the middle)'; Code = -16; Name = 'LM_CANTREAD'; Socket = 'TimedOut'; Seconds = 3; Start = { Start-FaultyServer SilentInAnswer -Behind $behind } }
        @{ Fault = 'half-open (peer vanishes in the middle)'; Code = -16; Name = 'LM_CANTREAD'; Socket = 'TimedOut'; Seconds = 3; Filter = $true; Start = { Start-FaultyServer VanishInAnswer -Behind $behind } }
        @{ Fault = 'black hole (backlog full)'; Code = -15; Name = 'LM_CANTCONNECT'; Socket = 'TimedOut'; Seconds = 3; Start = { Start-FaultyServer BacklogFull } }
        @{ Fault = 'black hole (packets dropped)'; Code = -15; Name = 'LM_CANTCONNECT'; Socket = 'TimedOut'; Seconds = 3; Filter = $true; Start = { Start-DroppedServer } }
    ) | ForEach-Object {
        if (-not $_.Seconds) { $_.Seconds = 30 }
        if (-not $_.Id) { $_.Id = 'ServerDown' }
        $_.Without = if ($_.Filter -and -not $isolated) { 'it takes a network namespace of the test: Linux, root, iproute2, nftables' }
        elseif ($_.Socket -eq 'ConnectionReset') { $resets }
        $_.Error = "$($_.Name)$(if ($_.Socket) { ", $($_.Socket)" })"
        $_
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultyServer.ps1')
    $env:LM_LICENSE_FILE = $null
    $good = Start-FlexLmSimulator -Vendor good -FeatureCount 2 -CheckoutCount 1
    $behind = Start-FlexLmSimulator -Vendor behind -FeatureCount 2 -CheckoutCount 1
    $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }

    function Start-DroppedServer {
        # The port is open, but no packet reaches it.
        $server = Start-FlexLmSimulator
        & nft add rule inet faults input tcp dport $server.Port drop
        if ($LASTEXITCODE -ne 0) { throw "nft ended with $LASTEXITCODE." }
        $server
    }

    function Assert-ServerError($Failure, $Server, $Code, $Name, $Socket) {
        $Failure.Server | Should -Be $Server
        $Failure.Error.Code | Should -Be $Code
        $Failure.Error.Name | Should -Be $Name
        $Failure.Error.SocketError | Should -Be $Socket
    }

    function Assert-ServerDown($Errors, $Server, $Code, $Name, $Socket, $Id = 'ServerDown') {
        # There is one error, about the server that fails.
        $Errors | Should -HaveCount 1
        $Errors[0].FullyQualifiedErrorId | Should -BeLike "PSLabNet.$Id,*"
        $Errors[0].TargetObject | Should -Be $Server
        $Errors[0].CategoryInfo.Category | Should -Be $(if (-not $Socket) { 'ProtocolError' } elseif ($Socket -eq 'TimedOut') { 'OperationTimeout' } else { 'ConnectionError' })
        Assert-ServerError $Errors[0].Exception $Server $Code $Name $Socket
    }
}

AfterAll { Stop-FlexLmSimulator }

Describe 'License servers that fail: <Fault>' -Tag CI -ForEach $faults {
    BeforeEach {
        if ($Without) { return }
        if ($Filter) {
            & nft add table inet faults
            & nft add chain inet faults input '{ type filter hook input priority 0; }'
        }
        $faulty = & $Start

        # Connections fill the backlog.
        $own = Get-OpenClientCount $faulty.Port
    }

    AfterEach {
        if ($Without) { return }
        $left = Get-OpenClientCount $faulty.Port
        $trouble = $faulty.Trouble
        $faulty.Dispose()
        if ($Filter) { & nft delete table inet faults }
        $trouble | Should -BeNullOrEmpty
        $left | Should -Be $own -Because 'no connection may be left open'
        Get-OpenClientCount $good.Port | Should -Be 0 -Because 'no connection may be left open'
    }

    It '<Fault> | Get-FlexLmStatus | the server is Down with <Error>; the others are Up' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        $status = Get-FlexLmStatus $faulty.Server, $good.Server -TimeoutSeconds $Seconds -Stream -ErrorVariable errors @quiet
        $errors | Should -BeNullOrEmpty
        $status | Should -HaveCount 2
        ($status | Where-Object Server -EQ $good.Server).Status | Should -Be 'Up'
        $down = $status | Where-Object Server -EQ $faulty.Server
        $down.Status | Should -Be 'Down'
        $down.ResponseTime | Should -BeNullOrEmpty
        Assert-ServerError $down $faulty.Server $Code $Name $Socket

        # With -Stream, nothing waits for a server that takes all its time.
        if ($Socket -eq 'TimedOut') { $status[-1].Server | Should -Be $faulty.Server }
    }

    It '<Fault> | Get-FlexLmFeature | an error <Id> with <Error>; features of the others are complete' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        $features = Get-FlexLmFeature -Server $faulty.Server, $good.Server -TimeoutSeconds $Seconds -ErrorVariable errors @quiet
        Assert-ServerDown $errors $faulty.Server $Code $Name $Socket $Id
        $features.Name | Sort-Object | Should -Be @('good_feature001', 'good_feature002')
        $features.IsComplete | Should -Not -Contain $false
    }

    It '<Fault> | Get-FlexLmCheckout | an error <Id> with <Error>; checkouts of the others are listed' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        $checkouts = Get-FlexLmCheckout -Server $faulty.Server, $good.Server -TimeoutSeconds $Seconds -ErrorVariable errors @quiet
        Assert-ServerDown $errors $faulty.Server $Code $Name $Socket $Id
        $checkouts.Feature | Sort-Object | Should -Be @('good_feature001', 'good_feature002')
    }

    It '<Fault> | Get-FlexLmLicense | an error <Id> with <Error>; lines of the others are read' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        $lines = Get-FlexLmLicense -Server $faulty.Server, $good.Server -TimeoutSeconds $Seconds -ErrorVariable errors @quiet
        Assert-ServerDown $errors $faulty.Server $Code $Name $Socket $Id
        ($lines | Where-Object Kind -EQ Increment).Feature | Sort-Object | Should -Be @('good_feature001', 'good_feature002')
    }

    It '<Fault> | Export-FlexLmMetric | the file has 0 for the server, 1 for its scrape error, and all values of the others' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        $file = Join-Path $TestDrive 'fault.prom'
        Export-FlexLmMetric $file -Server $faulty.Server, $good.Server -TimeoutSeconds $Seconds -ErrorVariable errors @quiet
        Assert-ServerDown $errors $faulty.Server $Code $Name $Socket $Id
        $text = Get-Content $file -Raw
        $text | Should -Match "(?m)^flexlm_server_status\{app=`"$($faulty.Server)`".*\} 0$"
        $text | Should -Match "(?m)^flexlm_scrape_error\{collector=`"lmstat`",name=`"$($faulty.Server)`"\} 1$"
        $text | Should -Match "(?m)^flexlm_server_status\{app=`"$($good.Server)`".*\} 1$"
        $text | Should -Match "(?m)^flexlm_scrape_error\{collector=`"lmstat`",name=`"$($good.Server)`"\} 0$"
        $text | Should -Match "(?m)^flexlm_feature_used\{app=`"$($good.Server)`",name=`"good_feature002`".*\} 1$"
    }

    It '<Fault> | Watch-FlexLmCheckout | one event ServerDown with <Error>; the watch of the others continues' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        # The second poll begins after the first has timed out.
        $interval = if ($Socket -eq 'TimedOut') { $Seconds + 0.5 } else { 0.05 }
        $events = Watch-Beside @{ Server = $faulty.Server, $good.Server; TimeoutSeconds = $Seconds; IntervalSeconds = $interval; Count = 2 } {
            $script:late = $good.Checkout('good_feature001', 'late', 'ws9', ':0', 1)
        }
        $events.Kind | Should -Be @('ServerDown', 'Taken')
        Assert-ServerError $events[0] $faulty.Server $Code $Name $Socket
        "$($events[1].Server) $($events[1].User)" | Should -Be "$($good.Server) late"
        $good.Return($late) | Should -BeTrue
    }
}

Describe 'License servers that answer, and are not right' -Tag CI {
    AfterEach { if ($wrong) { Stop-FlexLmSimulator -Port $wrong.Port } }

    It '<Fault> | Test-FlexLmServer | the step <Step> is <State>' -ForEach @(
        @{ Fault = 'clock two hours ahead'; Step = 'Clock'; State = 'Failed'; Start = { Start-FlexLmSimulator -Fault WrongClock } }
        @{ Fault = 'vendor daemon newer than lmgrd'; Step = 'VendorVersion'; State = 'Warning'; Start = { Start-FlexLmSimulator -Fault NewVendor -FaultTarget Vendor } }
        @{ Fault = 'license line rejected by its daemon'; Step = 'VendorFeatures'; State = 'Failed'; Start = { Start-FlexLmSimulator -Fault RejectedLine -FaultTarget Vendor } }
        @{ Fault = 'vendor daemon down'; Step = 'VendorPort'; State = 'Failed'; Start = { Start-FlexLmSimulator -Fault VendorDown } }
    ) {
        $wrong = & $Start
        $steps = Test-FlexLmServer $wrong.Server -TimeoutSeconds 30 @quiet
        "$(($steps | Where-Object { "$($_.State)" -ne 'Passed' -and "$($_.State)" -ne 'Skipped' } | Select-Object -First 1).ForEach({ "$($_.Step) $($_.State)" }))" | Should -Be "$Step $State"
    }
}

Describe 'License servers that fail: a vendor daemon resets its connections in the middle of answers' -Tag CI -ForEach @{ Without = $resets } {
    BeforeAll {
        # lmgrd names the address of the faulty daemon. The real daemon is at lmgrd's own address.
        $server = Start-FlexLmSimulator -Vendor torn -FeatureCount 2 -CheckoutCount 2 -VendorHostName 127.0.0.9
        $port = $server.Vendors[0].Port
        function Start-Tear { Start-FaultyServer ResetInAnswer -Behind $port -Answers 1 -Address 127.0.0.9 -Port $port }
        function Assert-VendorDown($Errors) {
            $Errors | Should -HaveCount 1
            $Errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.VendorDown,*'
            $Errors[0].Exception.Vendor | Should -Be 'torn'
            Assert-ServerError $Errors[0].Exception $server.Server -16 'LM_CANTREAD' 'ConnectionReset'
        }
    }

    BeforeEach { $tear = Start-Tear }

    AfterEach {
        $tear.Dispose()
        Get-OpenClientCount $port | Should -Be 0 -Because 'no connection may be left open'
    }

    It 'RST in the middle (vendor daemon) | Get-FlexLmStatus | Up, since server and daemon answer the hello' {
        $status = Get-FlexLmStatus $server.Server -TimeoutSeconds 30 -ErrorVariable errors @quiet
        $errors | Should -BeNullOrEmpty
        "$($status.Status) $($status.Vendors.Status)" | Should -Be 'Up Up'
    }

    It 'RST in the middle (vendor daemon) | Get-FlexLmFeature | an error VendorDown; its features are listed as incomplete, those of the others are complete' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        $features = Get-FlexLmFeature -Server $server.Server, $good.Server -TimeoutSeconds 30 -ErrorVariable errors @quiet
        Assert-VendorDown $errors
        $torn = $features | Where-Object Vendor -EQ torn
        $torn.Issued | Should -Be @(20, 20)
        $torn.IsComplete | Should -Be @($false, $false)
        ($features | Where-Object Vendor -EQ good).IsComplete | Should -Be @($true, $true)
    }

    It 'RST in the middle (vendor daemon) | Get-FlexLmCheckout | an error VendorDown; checkouts of the others are listed' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        $checkouts = Get-FlexLmCheckout -Server $server.Server, $good.Server -TimeoutSeconds 30 -ErrorVariable errors @quiet
        Assert-VendorDown $errors
        ($checkouts | Where-Object Vendor -EQ good).Feature | Sort-Object | Should -Be @('good_feature001', 'good_feature002')
    }

    It 'RST in the middle (vendor daemon) | Get-FlexLmLicense | all lines, because only lmgrd is queried' {
        $lines = Get-FlexLmLicense -Server $server.Server -TimeoutSeconds 30 -ErrorVariable errors @quiet
        $errors | Should -BeNullOrEmpty
        ($lines | Where-Object Kind -EQ Increment).Feature | Should -Be @('torn_feature001', 'torn_feature002')
        $tear.Connections | Should -Be 0
    }

    It 'RST in the middle (vendor daemon) | Export-FlexLmMetric | the file has 1 for the server and 1 for its scrape error' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        $file = Join-Path $TestDrive 'torn.prom'
        Export-FlexLmMetric $file -Server $server.Server, $good.Server -TimeoutSeconds 30 -ErrorVariable errors @quiet
        Assert-VendorDown $errors
        $text = Get-Content $file -Raw
        $text | Should -Match "(?m)^flexlm_server_status\{app=`"$($server.Server)`".*\} 1$"
        $text | Should -Match "(?m)^flexlm_scrape_error\{collector=`"lmstat`",name=`"$($server.Server)`"\} 1$"
        $text | Should -Match "(?m)^flexlm_scrape_error\{collector=`"lmstat`",name=`"$($good.Server)`"\} 0$"
    }

    It 'RST in the middle (vendor daemon) | Watch-FlexLmCheckout | an event VendorDown; checkouts that could not be read are not reported as returned' {
        if ($Without) { Set-ItResult -Skipped -Because $Without }
        # The first poll is complete: nothing listens yet at the faulty address, so lmgrd's own address is queried.
        $tear.Dispose()
        $events = Watch-Beside @{ Server = $server.Server, $good.Server; TimeoutSeconds = 30; Count = 2 } {
            $script:tear = Start-Tear
            while ($script:tear.Connections -lt 20) { [System.Threading.Tasks.Task]::Delay(10).Wait() }
            $script:late = $good.Checkout('good_feature001', 'late', 'ws9', ':0', 1)
        }
        $script:tear.Dispose()
        $events.Kind | Should -Be @('VendorDown', 'Taken')
        "$($events[0].Server) $($events[0].Vendor) $($events[1].User)" | Should -Be "$($server.Server) torn late"
        $good.Return($late) | Should -BeTrue
    }
}
