# Dot-sourced by Invoke-PesterSuite.ps1: network namespaces for tests that send on every interface.

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
    # Runs a script in a separate namespace, and ends with its exit code.
    param([string] $Script, [string[]] $Arguments)
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
        & ip netns exec $lab @powerShell -NoProfile -NonInteractive -File $Script @Arguments
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
