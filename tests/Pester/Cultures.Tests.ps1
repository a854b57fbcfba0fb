BeforeDiscovery {
    # Other calendars (2026 is 2569, 1405, 1447), decimal commas, a minus sign that is not ASCII, the dotless i.
    $cultures = 'de-DE', 'tr-TR', 'ja-JP', 'th-TH', 'fa-IR', 'ar-SA', 'fi-FI'
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $licenses = Start-FlexLmSimulator -LicenseText "SERVER this_host ANY`nVENDOR vend`nINCREMENT Limit vend 1.0 31-dec-2030 5 SIGN=1111111111"
    $null = $licenses.Checkout('Limit', 'IRIS', 'WS1', ':0', 1)
    $mac = New-LabMac
    $null = Start-IcePapSimulator -MacAddress $mac -Hostname culture-i -IPAddress 10.9.8.1

    function Invoke-UnderCulture([string] $Name, [scriptblock] $Do) {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($Name)
            & $Do
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}

AfterAll {
    Stop-FlexLmSimulator
    Stop-IcePapSimulator
}

Describe 'Cultures' {
    It 'have their data on this system' {
        Invoke-UnderCulture tr-TR { 'i'.ToUpper() } | Should -BeExactly ([string][char] 0x130)
        Invoke-UnderCulture th-TH { [datetime]::new(2026, 1, 1).ToString('yyyy') } | Should -Be '2569'
        Invoke-UnderCulture de-DE { 1.5.ToString() } | Should -Be '1,5'
    }

    It 'do not change the dates of views: <_>' -ForEach $cultures {
        $text = Invoke-UnderCulture $_ {
            Get-FlexLmFeature -Server $licenses.Server | Format-Table | Out-String -Width 200
            Get-FlexLmLicense $licenses.Server | Format-Table | Out-String -Width 200
            ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt') | Format-Table | Out-String -Width 200
            Import-FlexLmLog (Join-Path $root 'tests/corpus/logs/vendor.log') | Format-Table | Out-String -Width 200
            Import-FlexLmLog (Join-Path $root 'tests/corpus/logs/vendor.log') -AsSession | Format-Table | Out-String -Width 200
        }
        $dates = [regex]::Matches($text, '\b(\d{4})-\d\d-\d\d\b')
        $dates.Count | Should -BeGreaterThan 10
        @($dates | Where-Object { $_.Groups[1].Value -notin '2030', '2018', '2024', '2025', '2026' }) | Should -BeNullOrEmpty
        [regex]::Matches($text, '\d\d-\d\d \d\d:\d\d').Count | Should -BeGreaterThan 5
    }

    It 'do not change the times of traffic: <_>' -ForEach $cultures {
        $values = [datetimeoffset]::new(2026, 1, 2, 3, 4, 5, 678, [timespan]::Zero), 'lo', [ipaddress] $loopback, [byte[]] (1..3)
        $traffic = [activator]::CreateInstance([PSLabNet.IcePap.IcePapTraffic], [System.Reflection.BindingFlags] 'NonPublic, Instance', $null, [object[]] $values, $null)
        Invoke-UnderCulture $_ { $traffic | Format-Table | Out-String } | Should -Match '03:04:05\.678'
    }

    It 'do not change the numbers in messages: <_>' -ForEach $cultures {
        Invoke-UnderCulture $_ { try { Find-IcePap -TimeoutSeconds 0.0001 } catch { $_.Exception.Message } } | Should -Match '0\.0001 is not a valid number of seconds\. Use 0\.001 to 86400'
        Invoke-UnderCulture $_ { Get-FlexLmError -99999 -ErrorVariable script:errors -ErrorAction SilentlyContinue }
        "$errors" | Should -Match 'no error -99999\. Its numbers are -1 '
    }

    It 'do not change which names a wildcard matches, in either case: <_>' -ForEach $cultures {
        Invoke-UnderCulture $_ { Find-IcePap CULTURE-I* -Interface $loopback -TimeoutSeconds 0.5 } | Should -HaveCount 1
        Invoke-UnderCulture $_ { Find-IcePap CULTURE-I -Interface $loopback } | Should -HaveCount 1
        Invoke-UnderCulture $_ { Get-IcePapSimulator CULTURE-I* } | Should -HaveCount 1
        Invoke-UnderCulture $_ { Get-FlexLmFeature lImIt* -Server $licenses.Server } | Should -HaveCount 1
        Invoke-UnderCulture $_ { Get-FlexLmCheckout -Server $licenses.Server -User iris* -HostName ws* } | Should -HaveCount 1
        Invoke-UnderCulture $_ { Get-FlexLmFeature LIMIT -Server $licenses.Server -Vendor VEND* } | Should -HaveCount 1
    }

    It 'do not change objects from a job or another machine: <_>' -ForEach $cultures {
        # With another order of day and month, these dates would be other days, or no dates at all.
        $features = @(Get-FlexLmFeature -Server $licenses.Server) + @((ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt')).Features)
        $features | Export-FlexLmMetric (Join-Path $TestDrive 'x.prom')
        $before = Get-Content (Join-Path $TestDrive 'x.prom') -Raw
        foreach ($depth in 1, 3) {
            Invoke-UnderCulture $_ {
                $features | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, $depth)) } |
                    Export-FlexLmMetric (Join-Path $TestDrive 'x.prom')
            }
            Get-Content (Join-Path $TestDrive 'x.prom') -Raw | Should -BeExactly $before
        }
    }

    It 'do not change the pages and metrics that are written: <_>' -ForEach $cultures {
        $features = @(Get-FlexLmFeature -Server $licenses.Server)
        $written = foreach ($name in '', $_) {
            Invoke-UnderCulture $name { $features | Export-FlexLmMetric (Join-Path $TestDrive 'x.prom') }
            Get-Content (Join-Path $TestDrive 'x.prom') -Raw
        }
        $written[1] | Should -BeExactly $written[0]
        $written[0] | Should -Match '1924\d{6}'
    }
}
