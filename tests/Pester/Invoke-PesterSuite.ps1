<#
.SYNOPSIS
    Runs the Pester suite against the built module, and prints how many tests passed, failed and were skipped.
.DESCRIPTION
    Some tests send multicast on every interface. They run only in network namespaces that this script makes itself,
    which it can on Linux as root with iproute2; elsewhere they are skipped, and their output says why. In the namespace
    the suite runs in there are, beside loopback, two veth interfaces (labA and labB), each with another namespace behind
    it where tests put their devices.
#>
[CmdletBinding()]
param(
    # The files to run; all if none is named.
    [string[]] $Path = $PSScriptRoot,

    # Set by the script for itself when it runs in its namespace.
    [switch] $InNamespace
)

$ErrorActionPreference = 'Stop'

function Test-CanMakeNamespace {
    if ($PSVersionTable.PSVersion.Major -lt 6 -or -not $IsLinux) { return $false }
    if ((& id -u) -ne '0') { return $false }
    return [bool](Get-Command ip -CommandType Application -ErrorAction Ignore)
}

function Invoke-Ip {
    & ip @args
    if ($LASTEXITCODE -ne 0) { throw "ip $($args -join ' ') failed." }
}

function Invoke-InNamespace {
    $lab = "pslabnet-$PID"
    $hosts = "/etc/netns/$lab"
    $code = 1
    try {
        Invoke-Ip netns add $lab
        Invoke-Ip netns exec $lab ip link set lo up
        foreach ($side in 'A', 'B') {
            Invoke-Ip netns add "$lab-$side"
            Invoke-Ip -n $lab link add "lab$side" type veth peer name devices netns "$lab-$side"
            Invoke-Ip -n $lab addr add "10.77.$([int][char]$side).1/24" dev "lab$side"
            Invoke-Ip -n $lab link set "lab$side" up
            Invoke-Ip -n "$lab-$side" addr add "10.77.$([int][char]$side).2/24" dev devices
            Invoke-Ip -n "$lab-$side" link set devices up
            Invoke-Ip -n "$lab-$side" link set lo up
        }

        # The names that the name service knows in the namespace.
        $null = New-Item -ItemType Directory -Path $hosts -Force
        Set-Content -Path "$hosts/hosts" -Value '127.0.0.1 localhost', '10.77.65.40 dnsnamed', '192.0.2.40 elsewhere', '172.24.155.40 theta'
        $env:PSLABNET_TEST_NAMESPACE = $lab
        & ip netns exec $lab (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $PSCommandPath -Path ($Path -join ',') -InNamespace
        $code = $LASTEXITCODE
    }
    finally {
        $env:PSLABNET_TEST_NAMESPACE = $null
        foreach ($name in "$lab-A", "$lab-B", $lab) {
            & ip netns delete $name 2>$null
        }

        Remove-Item $hosts -Recurse -Force -ErrorAction Ignore
    }

    exit $code
}

if (-not $InNamespace -and (Test-CanMakeNamespace)) {
    Invoke-InNamespace
}

if (-not $InNamespace) {
    Write-Warning 'Tests that send on every interface are skipped: network namespaces need Linux, root and iproute2 (apt-get install iproute2).'
}

Import-Module Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = @($Path | ForEach-Object { $_ -split ',' })
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration

# Repeats failures at the end, where a reader of a long log finds them.
foreach ($one in @($result.Failed) + @($result.FailedBlocks) + @($result.FailedContainers)) {
    $name = if ($one.ExpandedPath) { $one.ExpandedPath } else { $one.Item }
    Write-Output "FAILED: $name"
    $one.ErrorRecord | ForEach-Object { Write-Output "    $($_.ToString() -replace '\r?\n', "`n    ")" }
}

# A file that fails outside of its tests has no failed test to count.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
Write-Output "Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped"
exit [int]($failed -gt 0 -or $result.PassedCount -eq 0)
