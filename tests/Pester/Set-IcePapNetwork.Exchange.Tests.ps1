# Two devices that exchange their addresses, made from the protocol's page alone (icepap_device.py), behind an interface of a network
# namespace. The second one does what a device can do wrong.
BeforeDiscovery { $possible = $env:PSLABNET_TEST_NAMESPACE -and (Get-Command python3 -CommandType Application -ErrorAction Ignore) }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')

    function Start-PythonDevice {
        param([string] $Hostname, [string] $Address, [string] $Update = 'take')
        $mac = New-LabMac
        $start = [System.Diagnostics.ProcessStartInfo]::new('ip')
        $start.Arguments = "netns exec $env:PSLABNET_TEST_NAMESPACE-A python3 `"$PSScriptRoot/icepap_device.py`" $mac $Hostname $Address --on 10.77.65.2 --update $Update"
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $start.UseShellExecute = $false
        $process = [System.Diagnostics.Process]::Start($start)
        $line = $process.StandardOutput.ReadLine()
        if ($line -ne 'ready') { throw "The device did not start: $line" }
        [pscustomobject] @{ MacAddress = $mac; Process = $process }
    }

    function Stop-PythonDevice($Device) {
        # Returns the addresses that it was sent.
        $Device.Process.StandardInput.Close()
        $sent = @($Device.Process.StandardOutput.ReadToEnd() -split "`n" -replace '^update ' | Where-Object { $_ })
        $Device.Process.WaitForExit()
        $Device.Process.Dispose()
        $sent
    }
}

Describe 'Devices that exchange their addresses (in network namespaces of the test, python3)' -Tag CI -Skip:(-not $possible) {
    It 'end with <Addresses> when the second one <What>' -ForEach @(
        @{ What = 'takes its settings'; Update = 'take'; Ids = ''; Addresses = '10.77.65.72, 10.77.65.71'; First = '10.77.65.72' }
        @{ What = 'rejects them'; Update = 'reject'; Ids = 'Rejected, AddressConflict'; Addresses = '10.77.65.71, 10.77.65.72'; First = '10.77.65.72, 10.77.65.71' }
        @{ What = 'ignores them'; Update = 'ignore'; Ids = 'NoAcknowledgement, AddressConflict'; Addresses = '10.77.65.71, 10.77.65.72'; First = '10.77.65.72, 10.77.65.71' }
        @{ What = 'takes them without an acknowledgement'; Update = 'mute'; Ids = 'NoAcknowledgement'; Addresses = '10.77.65.72, 10.77.65.71'; First = '10.77.65.72' }
        @{ What = 'acknowledges them without taking them'; Update = 'pretend'; Ids = 'VerificationFailed, AddressConflict'; Addresses = '10.77.65.71, 10.77.65.72'; First = '10.77.65.72, 10.77.65.71' }
    ) {
        $one = Start-PythonDevice one 10.77.65.71
        $two = Start-PythonDevice two 10.77.65.72 $Update
        try {
            [pscustomobject] @{ MacAddress = $one.MacAddress; IPAddress = '10.77.65.72' }, [pscustomobject] @{ MacAddress = $two.MacAddress; IPAddress = '10.77.65.71' } |
                Set-IcePapNetwork -Interface labA -Confirm:$false -ErrorVariable errors -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
            @($errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] -replace '^PSLabNet\.' }) -join ', ' | Should -Be $Ids
            $warnings | Should -BeNullOrEmpty
            $now = Find-IcePap -MacAddress $one.MacAddress, $two.MacAddress -Interface labA -TimeoutSeconds 5
            ($now | Sort-Object Hostname).IPAddress -join ', ' | Should -Be $Addresses
        }
        finally {
            $sent = (Stop-PythonDevice $one) -join ', '
            $null = Stop-PythonDevice $two
        }

        $sent | Should -Be $First
    }
}
