# Cmdlets against a network that loses, doubles, reorders and delays frames, and an interface that goes down and up again.
# Names are "fault | cmdlet | what happens": tools/Build-FaultMatrix.ps1 makes the table of docs/reliability.md of them.
# What loss does is chance: where a test asks again until it has an answer, a link that works as it should keeps it waiting
# that long less than once in a million runs, and what comes in between must be an error that says what is wrong.
BeforeDiscovery {
    $isolated = [bool] $env:PSLABNET_TEST_NAMESPACE

    # Retry: so often that the chance to miss one of 20 devices is below one in a million; 0.19, 0.51 and 0.75 is the chance
    # of a question and its answer to be lost at 10, 30 and 50 % each way.
    $losses = @(
        @{ Row = 'Loss of 0 %'; Faults = 'loss=0'; Retry = 1; Again = $false; Patience = 10 }
        @{ Row = 'Loss of 10 % each way'; Faults = 'loss=10'; Retry = 15; Again = $true; Patience = 10 }
        @{ Row = 'Loss of 30 % each way'; Faults = 'loss=30'; Retry = 40; Again = $true; Patience = 5 }
        @{ Row = 'Loss of 50 % each way'; Faults = 'loss=50'; Retry = 80; Again = $true; Patience = 5 }
    )
    $orders = @(
        @{ Row = 'Duplication of 50 %'; Faults = 'duplicate=50'; Retry = 1; Again = $false; Patience = 10 }
        @{ Row = 'Reordering of 50 %'; Faults = 'reorder=50'; Retry = 1; Again = $false; Patience = 10 }
        @{ Row = 'Delay of 100 ms and jitter of 80 ms each way'; Faults = 'delay=100 jitter=80'; Retry = 1; Again = $false; Patience = 10 }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultLab.ps1')

    # What runs side by side in each row. Each gives one object.
    $find = {
        param($macs, $retry)
        $found = Find-IcePap -MacAddress $macs -Interface labLink -Retry $retry -TimeoutSeconds 4
        [pscustomobject] @{ Hostnames = @($found.Hostname) }
    }
    $set = {
        param($plan, $calls)
        $done = @()
        $names = @()
        $sent = 0
        for ($call = 1; $call -le $calls; $call++) {
            $streams = $plan | Set-IcePapNetwork -Interface labLink -TimeoutSeconds 2 -Confirm:$false -PassThru -Verbose -ErrorAction SilentlyContinue -ErrorVariable errors 4>&1
            $done = @($streams | Where-Object { $_ -is [PSLabNet.IcePap.IcePapDevice] })
            $sent += @($streams | Where-Object { "$_" -like 'Settings sent to *' }).Count
            $names += @($errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
            if (-not $errors) { break }
        }
        [pscustomobject] @{ Done = $done; Sent = $sent; ErrorNames = $names; Calls = $call }
    }
    $ask = {
        # Asks until it is answered, or often enough. Each try tells what came and what was said of what did not.
        param($cmdlet, $server, $seconds, $calls)
        for ($call = 1; $call -le $calls; $call++) {
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $got = @(& $cmdlet -Server $server -TimeoutSeconds $seconds -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable errors)
            $isDone = -not $errors -and -not ($got | Where-Object { $_.PSObject.Properties['Status'] -and "$($_.Status)" -ne 'Up' })
            [pscustomobject] @{
                Objects = $got
                ErrorNames = @($errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
                Codes = @($errors | ForEach-Object { $_.Exception.Error.Code })
                Seconds = $clock.Elapsed.TotalSeconds
                IsDone = $isDone
            }
            if ($isDone) { break }
        }
    }
    $watchLicenses = {
        param($server, $seconds)
        Watch-FlexLmCheckout -Server $server -IntervalSeconds 0.1 -TimeoutSeconds $seconds -WarningAction SilentlyContinue -Verbose
    }
    $watchPackets = { Watch-IcePapTraffic -Interface labLink }

    function Get-Controller { @(Invoke-FaultLab $lab 'devices') }

    function Get-Passed {
        # Datagrams that the link let through to this side; null where the kernel does the work and does not say.
        (Invoke-FaultLab $lab 'counters').ToClient.IcePapPassed
    }

    function Start-PacketWatch {
        $before = Get-GroupSocketCount
        $watching = Start-Beside $watchPackets
        Wait-Until { (Get-GroupSocketCount) -gt $before } 'Watch-IcePapTraffic listens'
        $watching
    }

    function Get-DevicePacket {
        # What a watch showed of the devices' side.
        param($Watching)
        @($Watching.Output | Where-Object { "$($_.RemoteAddress)" -eq '10.78.0.2' })
    }

    function Complete-PacketWatch {
        # Lets the watch see all that came through before it is stopped.
        param($Watching, $PassedBefore)
        $null = Invoke-FaultLab $lab 'faults loss=0'
        $passed = if ($null -ne $PassedBefore) { (Get-Passed) - $PassedBefore }
        try {
            if ($null -ne $passed) { Wait-Until { (Get-DevicePacket $Watching).Count -ge $passed } "the watch shows $passed datagrams" }
        }
        finally {
            $result = Stop-Beside $Watching
        }

        [pscustomobject] @{ Packets = Get-DevicePacket $result; Passed = $passed; Errors = $result.Errors }
    }

    function Invoke-LicenseWatch {
        # A license is taken and given back while the watch looks; what it tells until it has told both.
        param([int] $Seconds, [int] $Patience)
        $watching = Start-Beside $watchLicenses @($lab.Server, $Patience)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        try {
            Wait-Until { $watching.Shell.Streams.Verbose -match 'Look 1 ' } 'the first look' 120
            $handle = Invoke-FaultLab $lab 'checkout demo_feature001 alice'
            while (-not (@($watching.Output) | Where-Object Kind -EQ Taken) -and $clock.Elapsed.TotalSeconds -lt $Seconds) { [System.Threading.Tasks.Task]::Delay(20).Wait() }
            $null = Invoke-FaultLab $lab "return $handle"
            while (-not (@($watching.Output) | Where-Object Kind -EQ Returned) -and $clock.Elapsed.TotalSeconds -lt 2 * $Seconds) { [System.Threading.Tasks.Task]::Delay(20).Wait() }
        }
        finally {
            $result = Stop-Beside $watching
        }

        $result
    }

    function Test-Feature {
        # Each object is right, or says that it is not known: never a wrong number.
        param($Features)
        foreach ($feature in $Features) {
            $feature.Issued | Should -Be 20
            if ($feature.IsComplete) {
                "$($feature.InUse) $($feature.Available) $(@($feature.Checkouts).Count)" | Should -Be '3 17 3'
            }
            elseif ($null -ne $feature.InUse) {
                $feature.InUse | Should -BeLessOrEqual 3
            }
        }
        @($Features.Name | Select-Object -Unique).Count | Should -Be @($Features).Count
    }
}

Describe 'Faults of the network (in network namespaces of the test)' -Skip:(-not $isolated) {
    BeforeAll {
        $lab = Start-FaultLab "$env:PSLABNET_TEST_NAMESPACE-faults" 20
        $serial = 0
    }

    AfterAll {
        Stop-FaultLab $lab
    }

    foreach ($row in $losses + $orders) {
        Context $row.Row -ForEach $row {
            BeforeAll {
[Console]::Error.WriteLine("before $Faults")
                $serial = $serial + 1
                $start = Get-Controller
                $plan = 1..3 | ForEach-Object { [pscustomobject] @{ MacAddress = $start[$_ - 1].MacAddress; Hostname = "changed-$($start[$_ - 1].UpdateCount)-$_" } }
                $passedBefore = Get-Passed
                $packetWatch = Start-PacketWatch
                $null = Invoke-FaultLab $lab "faults $Faults"
                [Console]::Error.WriteLine("row $Faults");                $calls = if ($Again) { 40 } else { 1 }
                $beside = @{
                    Find = Start-Beside $find @($start.MacAddress, $Retry)
                    Set = Start-Beside $set @($plan, $calls)
                    Status = Start-Beside $ask @('Get-FlexLmStatus', $lab.Server, $Patience, $calls)
                    Feature = Start-Beside $ask @('Get-FlexLmFeature', $lab.Server, $Patience, $calls)
                    Checkout = Start-Beside $ask @('Get-FlexLmCheckout', $lab.Server, $Patience, $calls)
                }
                $licenseWatch = Invoke-LicenseWatch 30 $Patience
                $result = @{}
                foreach ($name in $beside.Keys) {
                    $clock = [diagnostics.stopwatch]::StartNew()
                    $result[$name] = Complete-Beside $beside[$name] 300
                    Write-Host "$name $($clock.Elapsed.TotalSeconds) $(@($result[$name].Output).Count)"
                }
                $licenseWatch.Output | ft | out-string | write-host
                $result.Set.Output | fl | out-string | write-host
                foreach ($n in 'Status','Feature','Checkout') { write-host $n; $result[$n].Output | %{ "$($_.Seconds) $($_.ErrorNames) $($_.Codes) $($_.IsDone)" } | write-host}
                $packets = Complete-PacketWatch $packetWatch $passedBefore
                write-host "packets $($packets.Packets.Count) passed $($packets.Passed)"
                $end = Get-Controller
            }
            It 'x' { }
        }
    }
}
