# Interfaces, the UDP port and the firewall of Windows.
BeforeDiscovery {
    $onWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\'
    $interfaces = [System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()
    $odd = @($interfaces.Name | Where-Object { $_ -match '[^A-Za-z0-9_.-]' })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $device = Start-IcePapSimulator -Hostname winlab
}

AfterAll { Stop-IcePapSimulator }

Describe 'The network of Windows (Windows)' -Skip:(-not $onWindows) {
    It 'finds a device on loopback, named by its name, description, address and with wildcards' {
        $loopback = [System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces() | Where-Object NetworkInterfaceType -EQ Loopback | Select-Object -First 1
        foreach ($name in $loopback.Name, $loopback.Description, '127.0.0.1', '127.*') {
            (Find-IcePap winlab -Interface $name).MacAddress | Should -Be $device.MacAddress
        }
    }

    It 'takes interface names with blanks and letters beyond ASCII' {
        if (-not $odd) { Set-ItResult -Skipped -Because 'no interface has such a name'; return }
        foreach ($name in $odd) {
            $said = Find-IcePap winlab -Interface $name -TimeoutSeconds 0.2 -Retry 0 -Verbose -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 4>&1
            $errors.FullyQualifiedErrorId | Where-Object { $_ -like 'PSLabNet.InterfaceNotFound*' } | Should -BeNullOrEmpty
            "$said" | Should -Match ([regex]::Escape($name))
            (TabExpansion2 "Find-IcePap -Interface $($name.Substring(0, 1))" -cursorColumn ("Find-IcePap -Interface x".Length)).CompletionMatches.CompletionText | Should -Contain "'$name'"
        }
    }

    It 'names the process that has UDP port 12345 for itself' {
        Stop-IcePapSimulator
        $taker = [System.Net.Sockets.Socket]::new('InterNetwork', 'Dgram', 'Udp')
        try {
            $taker.ExclusiveAddressUse = $true
            $taker.Bind([System.Net.IPEndPoint]::new([ipaddress]::Any, 12345))
            Find-IcePap -Interface 127.0.0.1 -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors[0].FullyQualifiedErrorId | Should -Be 'PSLabNet.PortInUse,PSLabNet.Commands.IcePap.FindIcePapCommand'
            if ($env:WINEPREFIX) { Set-ItResult -Skipped -Because 'the owner of a UDP port is process 0 under Wine'; return }
            "$($errors[0])" | Should -BeLike "*process $PID*"
        }
        finally { $taker.Dispose() }
    }

    It 'warns once of the firewall if a network was asked and nothing answered' {
        Stop-IcePapSimulator
        $networks = @([System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces() |
                Where-Object { $_.NetworkInterfaceType -ne 'Loopback' -and $_.OperationalStatus -eq 'Up' -and $_.SupportsMulticast -and
                    ($_.GetIPProperties().UnicastAddresses.Address.AddressFamily -contains 'InterNetwork') })
        if (-not $env:WINEPREFIX) { Set-ItResult -Skipped -Because 'it would send into a real network'; return }
        $found = Find-IcePap -TimeoutSeconds 0.2 -WarningVariable warnings -WarningAction SilentlyContinue
        $found | Should -BeNullOrEmpty
        if ($networks) {
            @($warnings) -like '*New-NetFirewallRule*12345*' | Should -HaveCount 1
        }
        else { $warnings | Should -BeNullOrEmpty }

        Find-IcePap -Interface 127.0.0.1 -TimeoutSeconds 0.2 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }
}
