# Dot-sourced by Faults.Network.Tests.ps1 and Faults.Interface.Tests.ps1: scripts that run beside the test while the link has faults, and their checks.

$findScript = {
    param($macs, $retry)
    Find-IcePap -MacAddress $macs -Interface labLink -Retry $retry -TimeoutSeconds 4
}

$setScript = {
    # Repeats the same plan until all of it is done, or the calls are used up. Settings that a device already has are not sent again.
    param($plan, $seconds, $calls)
    $sent = 0
    $names = @()
    for ($call = 1; $call -le $calls; $call++) {
        $streams = @($plan | Set-IcePapNetwork -Interface labLink -TimeoutSeconds $seconds -Confirm:$false -PassThru -Verbose -ErrorAction SilentlyContinue -ErrorVariable errors 4>&1)
        $done = @($streams | Where-Object { $_ -is [PSLabNet.IcePap.IcePapDevice] })
        $sent += @($streams | Where-Object { "$_" -like 'Settings sent to *' }).Count
        $names += @($errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
        if (-not $errors) { break }
    }
    [pscustomobject] @{ Hostnames = @($done.Hostname); Sent = $sent; ErrorNames = $names; Calls = $call }
}

$askScript = {
    # Repeats a query until it is answered, or the calls are used up. Returns each try.
    param($cmdlet, $server, $seconds, $calls)
    for ($call = 1; $call -le $calls; $call++) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $objects = @(& $cmdlet -Server $server -TimeoutSeconds $seconds -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable errors)
        $isDone = -not $errors -and -not ($objects | Where-Object { $_.PSObject.Properties['Status'] -and "$($_.Status)" -ne 'Up' })
        [pscustomobject] @{
            Objects = $objects
            ErrorNames = @($errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
            Codes = @($errors | ForEach-Object { $_.Exception.Error.Code })
            Seconds = $clock.Elapsed.TotalSeconds
            IsDone = $isDone
        }
        if ($isDone) { break }
    }
}

$licenseWatchScript = {
    param($server, $seconds)
    Watch-FlexLmCheckout -Server $server -IntervalSeconds 0.1 -TimeoutSeconds $seconds -WarningAction SilentlyContinue -Verbose
}

$packetWatchScript = { Watch-IcePapTraffic -Interface labLink }

function Get-Controller { @(Invoke-FaultLab $lab 'devices') }

function Get-Passed {
    # Counts datagrams that the link let through to this side. Null if the kernel does the work, which does not report it.
    (Invoke-FaultLab $lab 'counters').ToClient.IcePapPassed
}

function Start-PacketWatch {
    $listening = Get-GroupSocketCount
    $watching = Start-Beside $packetWatchScript
    Wait-Until { (Get-GroupSocketCount) -gt $listening } 'Watch-IcePapTraffic listens'
    $watching
}

function Get-DevicePacket {
    # The packets from the devices' side that a watch showed.
    param($Watching)
    @($Watching.Output | Where-Object { "$($_.RemoteAddress)" -eq '10.78.0.2' })
}

function Complete-PacketWatch {
    # Lets the watch see everything that came through before it is stopped. An answer may still be on its way, so what is shown and
    # what was let through are compared at a moment when nothing changes.
    param($Watching, $PassedBefore)
    $null = Invoke-FaultLab $lab 'faults loss=0'
    $seen = @{ Packets = $null; Passed = $null }
    try {
        Wait-Until {
            $passed = Get-Passed
            $seen.Packets = Get-DevicePacket $Watching
            $seen.Passed = Get-Passed
            if ($null -eq $PassedBefore) { @($seen.Packets | ForEach-Object { "$($_.Packet.Source)" } | Select-Object -Unique).Count -eq 20 }
            else { $passed -eq $seen.Passed -and $seen.Packets.Count -eq $passed - $PassedBefore }
        } 'the watch shows what came through, and nothing else'
    }
    finally {
        $result = Stop-Beside $Watching
    }

    [pscustomobject] @{ Packets = $seen.Packets; Errors = $result.Errors }
}

function Start-LicenseWatch {
    # Waits for the first poll, so the watch has something to compare with.
    param([int] $Seconds)
    $watching = Start-Beside $licenseWatchScript @($lab.Server, $Seconds)
    Wait-Until { $watching.Shell.Streams.Verbose -match 'Look 1 ' } 'the first look'
    $watching
}

function Complete-LicenseWatch {
    # A license is checked out and returned during the watch. If the watch may report neither, it gets 15 s for each.
    param($Watching, [bool] $IsHopeless)
    try {
        $handle = Invoke-FaultLab $lab 'checkout demo_feature005 alice'
        if ($IsHopeless) { Wait-Possible $Watching Taken 15 } else { Wait-Until { @($Watching.Output) | Where-Object Kind -EQ Taken } 'it reports what was taken' 200 }
        $null = Invoke-FaultLab $lab "return $handle"
        if ($IsHopeless) { Wait-Possible $Watching Returned 15 } else { Wait-Until { @($Watching.Output) | Where-Object Kind -EQ Returned } 'it reports what was returned' 200 }
    }
    finally {
        $result = Stop-Beside $Watching
    }

    $result
}

function Wait-Possible {
    # Waits for an event that may not occur.
    param($Watching, [string] $Kind, [int] $Seconds)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($clock.Elapsed.TotalSeconds -lt $Seconds -and -not (@($Watching.Output) | Where-Object Kind -EQ $Kind)) { [System.Threading.Tasks.Task]::Delay(20).Wait() }
}

function Get-SentDatagramCount {
    # The UDP datagrams that this namespace has sent. Nothing but requests to the devices is one.
    $names, $values = Get-Content /proc/net/snmp | Where-Object { $_ -like 'Udp: *' } | ForEach-Object { , ($_ -split ' ') }
    [long] $values[$names.IndexOf('OutDatagrams')]
}

function Start-BesideFlap {
    # Starts a script beside the test while nothing passes the link. After its first request, the interface goes down until a request
    # could not be sent, and up again.
    param([scriptblock] $Script, [object[]] $Arguments)
    $null = Invoke-FaultLab $lab 'faults loss=100'
    $sent = Get-SentDatagramCount
    $beside = Start-Beside $Script $Arguments
    Wait-Until { (Get-SentDatagramCount) -gt $sent } 'it has asked'
    & ip link set labLink down
    Wait-Until { $beside.Shell.Streams.Warning.Count -gt 0 } 'a request could not be sent'
    & ip link set labLink up
    $null = Invoke-FaultLab $lab 'faults loss=0'
    $beside
}

function Assert-Try {
    # Each attempt keeps its time limit and reports the error. The last one is answered, unless that would depend on luck.
    param($Tries, [string] $Mode, [int] $Seconds)
    @($Tries).Count | Should -BeGreaterOrEqual 1
    foreach ($try in $Tries) {
        $try.Seconds | Should -BeLessThan ($Seconds + 30)
        foreach ($name in $try.ErrorNames) { $name | Should -BeIn 'PSLabNet.ServerDown', 'PSLabNet.VendorDown' }
        foreach ($code in $try.Codes) { $code | Should -BeIn $interrupted }
    }

    if ($Mode -ne 'Worst') { @($Tries)[-1].IsDone | Should -BeTrue }
    if ($Mode -in 'Unharmed', 'Doubled') { @($Tries).Count | Should -Be 1 }
}

function Assert-Feature {
    # Numbers are right or empty, and each feature occurs once. One license of the last feature is checked out and returned.
    param($Features)
    @($Features.Name | Select-Object -Unique).Count | Should -Be @($Features).Count
    foreach ($feature in $Features) {
        $feature.Name | Should -Match '^demo_feature00[1-5]$'
        $feature.Issued | Should -Be 20
        $right = if ($feature.Name -eq 'demo_feature005') { 3, 4 } else { 3 }
        if ($null -ne $feature.ReportedInUse) {
            $feature.ReportedInUse | Should -BeIn $right
            $feature.Available | Should -Be (20 - $feature.ReportedInUse)
        }

        if ($feature.IsComplete) { @($feature.Checkouts).Count | Should -Be $feature.ReportedInUse }
    }
}
