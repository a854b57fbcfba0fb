BeforeAll { . (Join-Path $PSScriptRoot 'Lab.ps1') }

Describe 'Find-IcePap among hostile traffic' {
    BeforeAll { $null = Start-IcePapSimulator -MacAddress ($victim = New-LabMac) -Hostname victim }
    AfterAll { Stop-IcePapSimulator }

    It 'finds the device and nothing else while garbage arrives' {
        # The sender ends on request: PowerShell loses a Stop-Job that arrives while a "finally" runs, and the sender has one.
        $quiet = [System.Threading.ManualResetEventSlim]::new()
        $noise = Start-ThreadJob {
            param($lab, $quiet)
            . $lab
            $random = [System.Random]::new(42)
            while (-not $quiet.IsSet) {
                $bytes = [byte[]]::new($random.Next(0, 1400))
                $random.NextBytes($bytes)
                Send-LabDatagram $bytes
            }
        } -ArgumentList (Join-Path $PSScriptRoot 'Lab.ps1'), $quiet
        try {
            $found = Find-IcePap -Interface $loopback -TimeoutSeconds 3
            $found.MacAddress | Should -Contain $victim
            $found.Hostname | ForEach-Object { $_ | Should -Not -Match '[^ -~]' }
        }
        finally {
            $quiet.Set()
            $noise | Receive-Job -Wait -AutoRemoveJob
        }
    }
}

Describe 'Find-IcePap for 3,000 devices' {
    AfterAll { Stop-IcePapSimulator }

    # Comparing one by one allocates 200 KiB for each device, and twice as much for twice as many. Windows PowerShell cannot count it.
    It 'looks each name up, and does not try all in turn (PowerShell 7)' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $rows = Start-IcePapSimulator -Count 3000 | ForEach-Object { [pscustomobject] @{ Hostname = $_.Hostname } }
        $before = [System.GC]::GetTotalAllocatedBytes()
        $found = $rows | Find-IcePap -Interface $loopback -TimeoutSeconds 5 -Retry 5
        $allocated = [System.GC]::GetTotalAllocatedBytes() - $before
        $found.Count | Should -Be 3000
        $allocated / 3000 | Should -BeLessThan 50KB
    }
}
