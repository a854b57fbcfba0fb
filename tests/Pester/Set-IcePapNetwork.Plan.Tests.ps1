# Plans with several rows: columns with blanks around their names, addresses that a slow device has, and addresses that devices exchange.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $quick = @{ Interface = $loopback; Confirm = $false; TimeoutSeconds = 0.9 }
    $silent = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue'; ErrorVariable = 'errors'; WarningVariable = 'warnings' }

    function Start-Device {
        param([string] $Address, [hashtable] $With = @{})
        Start-IcePapSimulator -MacAddress (New-LabMac) -Hostname "at-$($Address -replace '.*\.')" -IPAddress $Address @With
    }

    function New-Row($Device, [string] $Address) { [pscustomobject] @{ MacAddress = $Device.MacAddress; IPAddress = $Address } }

    function Get-ErrorId($Errors) { @($Errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] -replace '^PSLabNet\.' }) -join ', ' }
}

Describe 'Set-IcePapNetwork with columns that have blanks around their names' {
    BeforeEach { $device = Start-Device 10.9.8.7 }
    AfterEach { Stop-IcePapSimulator }

    It 'reads them like the others, and trims the cells' {
        "`" MacAddress `",`" Hostname`",`"IPAddress `",`" prefixlength `",`"Gateway  `",`"`tApply`"`n`" $($device.MacAddress) `",`" after `",`" 10.9.8.8 `",`" 25 `",`"10.9.8.2 `",`" Dynamic `"" |
            ConvertFrom-Csv | Set-IcePapNetwork @quick @silent
        $errors | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
        "$($device.Hostname) $($device.IPAddress) $($device.Netmask) $($device.Gateway)" | Should -Be 'after 10.9.8.8 255.255.255.128 10.9.8.2'
    }

    It 'takes a blank cell as no change, a blank Apply as the default, and a typed parameter before the cell' {
        [pscustomobject] @{ MacAddress = $device.MacAddress; ' Hostname ' = 'from-cell'; ' IPAddress ' = ' '; ' Apply ' = '' } | Set-IcePapNetwork -Hostname typed @quick @silent
        $errors | Should -BeNullOrEmpty
        "$($device.Hostname) $($device.IPAddress)" | Should -Be 'typed 10.9.8.7'
    }

    It 'names the row whose cell cannot be read, and continues with the others' {
        $other = Start-Device 10.9.8.9
        [pscustomobject] @{ MacAddress = $device.MacAddress; ' IPAddress ' = '10.9' }, [pscustomobject] @{ MacAddress = $other.MacAddress; ' IPAddress ' = '10.9.8.10' } |
            Set-IcePapNetwork @quick @silent
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidSettings,*'
        $errors[0].TargetObject | Should -Be $device.MacAddress
        $errors[0].Exception.Message | Should -BeLike "*'10.9' is not an IPv4 address*"
        "$($device.IPAddress) $($other.IPAddress)" | Should -Be '10.9.8.7 10.9.8.10'
    }

    It 'names what is no column of a plan, and only that' {
        Find-IcePap -MacAddress $device.MacAddress -Interface $loopback | Select-Object *, @{ n = 'AllowFullLengthHostname'; e = { $true } }, @{ n = 'Raum'; e = { 'x' } }, @{ n = 'RunspaceId'; e = { 'x' } } |
            Set-IcePapNetwork @quick @silent
        $warnings | Should -HaveCount 1
        $warnings[0] | Should -BeLike "These columns are not read: 'AllowFullLengthHostname', 'Raum'. Columns with these names set something: MacAddress, Hostname, IPAddress, *Apply."
    }

    It 'names a row that sets nothing, where only its columns have blanks' {
        [pscustomobject] @{ MacAddress = $device.MacAddress; ' Hostname ' = '' } | Set-IcePapNetwork @quick @silent
        $warnings | Should -Be "These rows set nothing: $($device.MacAddress)."
        [pscustomobject] @{ MacAddress = $device.MacAddress; ' Hostname ' = 'after' } | Set-IcePapNetwork @quick @silent
        $warnings | Should -BeNullOrEmpty
    }
}

Describe 'Set-IcePapNetwork and a slow device' {
    BeforeAll {
        $fast = Start-Device 10.9.8.7
        $slow = Start-Device 10.9.8.6 @{ LatencyMs = 600 }
    }

    AfterAll { Stop-IcePapSimulator }

    It 'does not give its address to another one, however late it answers within the quiet time' {
        Set-IcePapNetwork $fast.MacAddress -IPAddress 10.9.8.6 @quick @silent -WhatIf
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.AddressInUse,*'
        $errors[0].Exception.Message | Should -Be "Nothing was sent to at-7 (10.9.8.7, $($fast.MacAddress)). at-7 (10.9.8.7, $($fast.MacAddress)) and $($slow.MacAddress) would both have the IP address 10.9.8.6. Two devices with the same address cannot be reached."
    }

    It 'hears the network until it is quiet once, however many rows there are' {
        $rows = 20
        $others = Start-IcePapSimulator -Count $rows -MacAddress (1..$rows | ForEach-Object { New-LabMac })
        $before = $fast.RequestCount
        $others | ForEach-Object { New-Row $_ 10.9.8.6 } | Set-IcePapNetwork -Gateway 10.9.8.1 -PrefixLength 24 @quick @silent -WhatIf
        $errors | Should -HaveCount $rows

        # A question and its repetitions, which are more while answers are late. For each row alone, they would be four or more.
        $fast.RequestCount - $before | Should -BeLessThan (2 * $rows)
    }

    It 'does not wait for it where only names change' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Set-IcePapNetwork $fast.MacAddress -Hostname renamed -Interface $loopback -Confirm:$false -TimeoutSeconds 60
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 45
    }
}

Describe 'Set-IcePapNetwork for devices that exchange their addresses' {
    AfterEach { Stop-IcePapSimulator }

    It 'takes the first half back when the second is rejected, and says so' {
        $first = Start-Device 10.9.8.11
        $second = Start-Device 10.9.8.12 @{ AcknowledgeCode = 'ERR_SET_IP_BC_NM' }
        (New-Row $first 10.9.8.12), (New-Row $second 10.9.8.11) | Set-IcePapNetwork -PassThru @quick @silent | Should -BeNullOrEmpty
        Get-ErrorId $errors | Should -Be 'Rejected, AddressConflict'
        $errors[1].TargetObject | Should -Be $first.MacAddress
        $errors[1].Exception.Other | Should -Be $second.MacAddress
        $errors[1].Exception.Message | Should -BeLike '*has its old settings again, because * still has the IP address 10.9.8.12.'
        "$($first.IPAddress) $($second.IPAddress)" | Should -Be '10.9.8.11 10.9.8.12'
    }

    It 'takes nothing back from a device that took its settings and did not acknowledge' {
        $first = Start-Device 10.9.8.11
        $second = Start-Device 10.9.8.12 @{ NoAcknowledge = $true }
        (New-Row $first 10.9.8.12), (New-Row $second 10.9.8.11) | Set-IcePapNetwork -PassThru @quick @silent | ForEach-Object Hostname | Should -Be 'at-11'
        Get-ErrorId $errors | Should -Be 'NoAcknowledgement'
        "$($first.IPAddress) $($second.IPAddress)" | Should -Be '10.9.8.12 10.9.8.11'
    }

    It 'sends nothing to a device whose new address was not given up' {
        $first = Start-Device 10.9.8.11 @{ AcknowledgeCode = 'ERR_BAD_GW' }
        $second = Start-Device 10.9.8.12
        (New-Row $first 10.9.8.12), (New-Row $second 10.9.8.11) | Set-IcePapNetwork @quick @silent
        Get-ErrorId $errors | Should -Be 'Rejected, AddressConflict'
        $errors[1].Exception.Message | Should -BeLike 'Nothing was sent to *'
        $second.UpdateCount | Should -Be 0
    }

    It 'takes back a whole ring' {
        $ring = @(Start-Device 10.9.8.11; Start-Device 10.9.8.12; Start-Device 10.9.8.13 @{ AcknowledgeCode = 'ERR_SET_GW' })
        (New-Row $ring[0] 10.9.8.12), (New-Row $ring[1] 10.9.8.13), (New-Row $ring[2] 10.9.8.11) | Set-IcePapNetwork @quick @silent
        Get-ErrorId $errors | Should -Be 'Rejected, AddressConflict, AddressConflict'
        $ring.IPAddress -join ' ' | Should -Be '10.9.8.11 10.9.8.12 10.9.8.13'
    }

    It 'takes back what took the address of a device that an error with -ErrorAction Stop left out' {
        $first = Start-Device 10.9.8.11
        $rejecting = Start-Device 10.9.8.20 @{ AcknowledgeCode = 'ERR_SET_HOSTNAME' }
        $last = Start-Device 10.9.8.12
        $caught = {
            (New-Row $first 10.9.8.12), (New-Row $last 10.9.8.20), (New-Row $rejecting 10.9.8.11) |
                Set-IcePapNetwork @quick -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
        } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'PSLabNet.Rejected,*'
        "$($first.IPAddress) $($last.IPAddress)" | Should -Be '10.9.8.11 10.9.8.12'
        $last.UpdateCount | Should -Be 0
    }

    It 'says with two devices on one address how to mend it' {
        $first = Start-Device 10.9.8.11 @{ RebootSeconds = 0.1 }
        $second = Start-Device 10.9.8.12 @{ AcknowledgeCode = 'ERR_SET_IP_BC_NM' }
        [pscustomobject] @{ MacAddress = $first.MacAddress; IPAddress = '10.9.8.12'; Apply = 'Flash, Reboot' }, (New-Row $second 10.9.8.11) | Set-IcePapNetwork @quick @silent
        Get-ErrorId $errors | Should -Be 'Rejected, AddressConflict'
        $mend = [regex]::Match($errors[1].Exception.Message, 'now both have the IP address 10\.9\.8\.12\..*(?<command>Set-IcePapNetwork \S+ -IPAddress 10\.9\.8\.11)\.$').Groups['command'].Value
        $mend | Should -Not -BeNullOrEmpty
        Wait-Until { $first.State -eq 'Running' -and "$($first.IPAddress)" -eq '10.9.8.12' } 'the device to be back'
        Invoke-Expression "$mend -Interface $loopback -Confirm:`$false"
        "$($first.IPAddress)" | Should -Be '10.9.8.11'
    }

    It 'shows an exchange with WhatIf, without an error' {
        $first = Start-Device 10.9.8.11
        $second = Start-Device 10.9.8.12
        (New-Row $first 10.9.8.12), (New-Row $second 10.9.8.11) | Set-IcePapNetwork -WhatIf @quick @silent
        $errors | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }
}
