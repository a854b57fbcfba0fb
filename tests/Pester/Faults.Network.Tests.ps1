# Cmdlets on a network that loses, duplicates, reorders and delays frames, and on an interface that goes down and up again.
# Names are "fault | cmdlet | what happens". tools/Build-FaultMatrix.ps1 builds the fault matrix from them.
# Chance decides what is lost. A test that repeats until it gets an answer would fail less than once in
# a million runs. Until then, each attempt must return an error that names what did not answer.
BeforeDiscovery {
    $isolated = [bool] $env:PSLABNET_TEST_NAMESPACE

    # Retry: the chance of missing one of 20 devices stays below one in a million. The chance that both a request and its answer
    # arrive is 0.81, 0.49 and 0.25 at 10, 30 and 50 % each way.
    $found = 'finds each of 20 devices once'
    $changed = 'changes 3 devices in a few calls; a failed call gives NotFound, NoAcknowledgement or VerificationFailed; only sent settings are applied'
    $once = 'changes 3 devices, each sent once and applied once'
    $shown = 'shows each packet that arrives once, and none as malformed'
    $again = 'when repeated; a failed try says which server or vendor daemon did not answer'
    $lossy = @{
        Find = "$found with -Retry {0}"; Set = $changed; Packets = $shown
        Status = "returns Up, at once or $again"
        Feature = "lists 5 features with the right numbers, at once or $again, and its numbers are right or empty"
        Checkout = "lists 15 checkouts, at once or $again, and lists none twice"
        Watch = 'reports a license taken and returned once each, a server or vendor daemon that cannot be queried, and nothing else'
    }
    $worst = @{
        Find = "$found with -Retry {0}"; Set = $changed; Packets = $shown
        Status = 'returns Up, or says what did not answer, within its time limit'
        Feature = 'lists features with numbers that are right or empty, or says what did not answer, within its time limit'
        Checkout = 'lists checkouts, none twice, or says what did not answer, within its time limit'
        Watch = 'reports a server or vendor daemon that cannot be queried, and only licenses that were taken or returned'
    }
    $unharmed = @{
        Find = $found; Set = $once; Packets = $shown
        Status = 'returns Up'
        Feature = 'lists 5 features with the right numbers'
        Checkout = 'lists 15 checkouts'
        Watch = 'reports a license taken and returned, once each, and nothing else'
    }
    $doubled = $unharmed.Clone()
    $doubled.Set = 'changes 3 devices, each sent once; a duplicated packet reaches the device twice'
    $doubled.Packets = 'shows both copies of a packet that arrives twice'

    # Calls: the most calls until there is an answer. Seconds: the time limit of one call.
    $rows = @(
        @{ Row = 'No loss'; Faults = 'loss=0'; Retry = 1; Calls = 1; Seconds = 20; Mode = 'Unharmed'; Says = $unharmed }
        @{ Row = 'Loss of 10 % each way'; Faults = 'loss=10'; Retry = 15; Calls = 40; Seconds = 5; Mode = 'Lossy'; Says = $lossy }
        @{ Row = 'Loss of 30 % each way'; Faults = 'loss=30'; Retry = 40; Calls = 40; Seconds = 5; Mode = 'Lossy'; Says = $lossy }
        @{ Row = 'Loss of 50 % each way'; Faults = 'loss=50'; Retry = 80; Calls = 5; Seconds = 5; Mode = 'Worst'; Says = $worst }
        @{ Row = 'Duplication of 50 %'; Faults = 'duplicate=50'; Retry = 1; Calls = 1; Seconds = 20; Mode = 'Doubled'; Says = $doubled }
        @{ Row = 'Reordering of 50 %'; Faults = 'reorder=50'; Retry = 1; Calls = 1; Seconds = 20; Mode = 'Unharmed'; Says = $unharmed }
        @{ Row = 'Delay of 100 ms, jitter of 80 ms'; Faults = 'delay=100 jitter=80'; Retry = 1; Calls = 1; Seconds = 20; Mode = 'Unharmed'; Says = $unharmed }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultLab.ps1')
    . (Join-Path $PSScriptRoot 'FaultScripts.ps1')
    $interrupted = [double[]] (-15, -16, -52, -97)
}

Describe 'Faults of the network (in network namespaces of the test)' -Tag CI -Skip:(-not $isolated) {
    BeforeAll {
        $lab = Start-FaultLab "$env:PSLABNET_TEST_NAMESPACE-faults" 20
    }

    AfterAll {
        Stop-FaultLab $lab
    }

    foreach ($row in $rows) {
        Context $row.Row -ForEach $row {
            BeforeAll {
                $before = Get-Controller
                $plan = 0..2 | ForEach-Object { [pscustomobject] @{ MacAddress = $before[$_].MacAddress; Hostname = "changed-$($before[$_].UpdateCount)-$_" } }
                $passedBefore = Get-Passed
                $packetWatch = Start-PacketWatch
                $licenseWatch = Start-LicenseWatch $Seconds
                $null = Invoke-FaultLab $lab "faults $Faults"
                # Repeats operations that depend on chance until they succeed. The settings of a device are always repeated.
                $setCalls = if ($Calls -gt 1) { 40 } else { 1 }
                $setSeconds = if ($Calls -gt 1) { 2 } else { 20 }
                $beside = @{
                    Find = Start-Beside $findScript @($before.MacAddress, $Retry)
                    Set = Start-Beside $setScript @($plan, $setSeconds, $setCalls)
                    Status = Start-Beside $askScript @('Get-FlexLmStatus', $lab.Server, $Seconds, $Calls)
                    Feature = Start-Beside $askScript @('Get-FlexLmFeature', $lab.Server, $Seconds, $Calls)
                    Checkout = Start-Beside $askScript @('Get-FlexLmCheckout', $lab.Server, $Seconds, $Calls)
                }
                $events = (Complete-LicenseWatch $licenseWatch ($Mode -eq 'Worst')).Output
                $result = @{}
                foreach ($name in @($beside.Keys)) { $result[$name] = Complete-Beside $beside[$name] 300 }
                $packets = Complete-PacketWatch $packetWatch $passedBefore
                $after = Get-Controller
            }

            It "$Row | Find-IcePap | $($Says.Find -f $Retry)" {
                $result.Find.Errors | Should -BeNullOrEmpty
                ($result.Find.Output.MacAddress | Sort-Object) -join ' ' | Should -Be (($before.MacAddress | Sort-Object) -join ' ')
                $result.Find.Warnings | Should -BeNullOrEmpty
            }

            It "$Row | Set-IcePapNetwork | $($Says.Set)" {
                $done = $result.Set.Output[0]
                $applied = ($after | Measure-Object UpdateCount -Sum).Sum - ($before | Measure-Object UpdateCount -Sum).Sum
                $after[0..2].Hostname -join ' ' | Should -Be ($plan.Hostname -join ' ')
                # A device that already has the settings, from an earlier call, is written before those that are changed.
                ($done.Hostnames | Sort-Object) -join ' ' | Should -Be (($plan.Hostname | Sort-Object) -join ' ')
                $after.CrashCount | Select-Object -Unique | Should -Be 0
                $done.ErrorNames | Where-Object { $_ -notin 'PSLabNet.NotFound', 'PSLabNet.NoAcknowledgement', 'PSLabNet.VerificationFailed' } | Should -BeNullOrEmpty
                if ($Mode -in 'Unharmed', 'Doubled') {
                    "$($done.Sent) $($done.Calls) $($done.ErrorNames)" | Should -Be '3 1 '
                }
                if ($Mode -eq 'Doubled') { $applied | Should -BeIn 3, 4, 5, 6 }
                elseif ($Mode -eq 'Unharmed') { $applied | Should -Be 3 }
                else { $applied | Should -BeIn (3..$done.Sent) }
            }

            It "$Row | Watch-IcePapTraffic | $($Says.Packets)" {
                $packets.Errors | Should -BeNullOrEmpty
                $packets.Packets | Where-Object { -not $_.IsValid } | Should -BeNullOrEmpty
                # Complete-PacketWatch waits until as many packets are shown as came through.
                $distinct = @($packets.Packets | ForEach-Object { "$($_.Packet.Source) $($_.Packet.PacketNumber)" } | Select-Object -Unique).Count
                $distinct | Should -BeGreaterOrEqual 20
                if ($Mode -eq 'Doubled') { $packets.Packets.Count | Should -BeGreaterThan $distinct }
                else { $packets.Packets.Count | Should -Be $distinct }
            }

            It "$Row | Get-FlexLmStatus | $($Says.Status)" {
                Assert-Try $result.Status.Output $Mode $Seconds
                foreach ($try in $result.Status.Output) {
                    $try.Objects | Should -HaveCount 1
                    $status = $try.Objects[0]
                    if ($try.IsDone) { "$($status.Status) $($status.Vendors.Name) $($status.Vendors.Status)" | Should -Be 'Up demo Up' }
                    else { @($status.Error.Code) + @($status.Vendors.Error.Code) | Where-Object { $_ } | Should -BeIn $interrupted }
                }
            }

            It "$Row | Get-FlexLmFeature | $($Says.Feature)" {
                Assert-Try $result.Feature.Output $Mode $Seconds
                foreach ($try in $result.Feature.Output) {
                    Assert-Feature $try.Objects
                    if ($try.IsDone) { @($try.Objects | Where-Object IsComplete).Count | Should -Be 5 }
                }
            }

            It "$Row | Get-FlexLmCheckout | $($Says.Checkout)" {
                Assert-Try $result.Checkout.Output $Mode $Seconds
                foreach ($try in $result.Checkout.Output) {
                    # Another user checks out a license and returns it in the meantime.
                    $names = @($try.Objects | Where-Object User -NE alice | ForEach-Object { "$($_.Feature) $($_.User)" })
                    @($names | Select-Object -Unique).Count | Should -Be $names.Count
                    $names | Where-Object { $_ -notmatch '^demo_feature00[1-5] user[1-3]$' } | Should -BeNullOrEmpty
                    if ($try.IsDone) { $names.Count | Should -Be 15 }
                }
            }

            It "$Row | Watch-FlexLmCheckout | $($Says.Watch)" {
                $told = @($events | Where-Object Kind -NotIn ServerDown, ServerUp, VendorDown, VendorUp | ForEach-Object { "$($_.Kind) $($_.User) $($_.Feature)" })
                if ($Mode -eq 'Worst') { $told -join ', ' | Should -BeIn '', 'Taken alice demo_feature005', 'Taken alice demo_feature005, Returned alice demo_feature005' }
                else { $told -join ', ' | Should -Be 'Taken alice demo_feature005, Returned alice demo_feature005' }
                foreach ($who in 'Server', 'Vendor') {
                    $states = @($events | Where-Object Kind -In "${who}Down", "${who}Up")
                    if ($Mode -in 'Unharmed', 'Doubled') { $states | Should -BeNullOrEmpty }
                    for ($at = 0; $at -lt $states.Count; $at++) {
                        "$($states[$at].Kind)" | Should -Be ("${who}Down", "${who}Up")[$at % 2]
                        if ($at % 2 -eq 0) { $states[$at].Error.Code | Should -BeIn $interrupted }
                    }
                }
            }
        }
    }
}
