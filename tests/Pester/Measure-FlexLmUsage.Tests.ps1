BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $page = [System.IO.File]::ReadAllText((Join-Path $root 'docs/usage.md')) -replace "`r`n", "`n"
    $texts = [regex]::Matches($page, '(?ms)^```text\n(.*?)^```')
    $log = Join-Path $TestDrive 'vendor.log'
    [System.IO.File]::WriteAllText($log, $texts[0].Groups[1].Value)
    $license = Join-Path $TestDrive 'mlm.lic'
    [System.IO.File]::WriteAllText($license, $texts[1].Groups[1].Value)

    function New-Row {
        # A row of a CSV file of samples.
        param([int] $Minute, [object] $InUse, [string] $Feature = 'MATLAB', [string] $Version = '52')
        [pscustomobject] @{ Time = "2026-11-02T09:$($Minute.ToString('00')):00+00:00"; Server = '27000@lic1'; Vendor = 'MLM'; Feature = $Feature; Version = $Version; Issued = '10'; InUse = "$InUse"; Reserved = '0'; Queued = '' }
    }
}

Describe 'The worked example of docs/usage.md' {
    It 'gives the numbers of the page' {
        Push-Location $TestDrive
        try {
            $code = [regex]::Match($page, '(?ms)^```powershell\n(.*?)^```').Groups[1].Value.Replace('| Format-List', '')
            $use = & ([scriptblock]::Create($code))
        }
        finally { Pop-Location }
        $rows = @([regex]::Matches($page, '(?m)^\| (\w+) \| ([\d.:]+) \|'))
        $rows.Count | Should -Be 17
        foreach ($row in $rows) {
            $value = $use.($row.Groups[1].Value)
            $text = if ($value -is [double]) { $value.ToString('0.####', [cultureinfo]::InvariantCulture) } else { "$value" }
            $text | Should -Be $row.Groups[2].Value -Because $row.Groups[1].Value
        }
        $use.PeakAt.TimeOfDay | Should -Be '09:30:00'
        $use.Notes | Should -BeNullOrEmpty
    }
}

Describe 'Measure-FlexLmUsage' {
    It 'gives the same from a path, events, files, texts, and rows of a CSV file of events' {
        $expected = Measure-FlexLmUsage $log | ConvertTo-Json
        $csv = Join-Path $TestDrive 'events.csv'
        $events = @(Import-FlexLmLog $log -Kind ([enum]::GetValues([PSLabNet.FlexLm.FlexLmLogKind])))
        $events | Export-Csv $csv -NoTypeInformation
        (Get-Item $log | Measure-FlexLmUsage | ConvertTo-Json) | Should -Be $expected
        ($log | Measure-FlexLmUsage | ConvertTo-Json) | Should -Be $expected
        (Import-Csv $csv | Measure-FlexLmUsage | ConvertTo-Json) | Should -Be $expected
        ($events | Measure-FlexLmUsage | ConvertTo-Json) | Should -Be $expected
    }

    It 'gives the same from events of a job' {
        $events = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@(Import-FlexLmLog $log -Kind ([enum]::GetValues([PSLabNet.FlexLm.FlexLmLogKind])))))
        $events[0].PSObject.TypeNames[0] | Should -BeLike 'Deserialized.*'
        ($events | Measure-FlexLmUsage | ConvertTo-Json) | Should -Be (Measure-FlexLmUsage $log | ConvertTo-Json)
    }

    It 'says why a number is null' {
        $use = Measure-FlexLmUsage $log
        $use.Issued | Should -BeNullOrEmpty
        $use.ShareAtLimit | Should -BeNullOrEmpty
        $use.Notes | Should -BeLike 'Issued, ShareAtLimit: *-LicensePath*'
        $use = (New-Row 0 3), (New-Row 10 5), (New-Row 20 0) | Measure-FlexLmUsage
        foreach ($name in 'DenialCount', 'UserCount', 'LongestCheckout', 'MedianCheckout', 'ShortCheckoutCount') {
            $use.$name | Should -BeNullOrEmpty
            $use.Notes -match "\b$name\b" | Should -Not -BeNullOrEmpty -Because $name
        }
    }

    It 'takes rows of CSV and of JSON, with empty cells' {
        $rows = (New-Row 0 3), (New-Row 10 5), (New-Row 20 '')
        $json = $rows | ConvertTo-Json | ConvertFrom-Json
        foreach ($use in ($rows | Measure-FlexLmUsage), ($json | Measure-FlexLmUsage)) {
            "$($use.Peak) $($use.Average) $($use.P95) $($use.Coverage) $($use.Server) $($use.Pool)" | Should -Be '5 4 5 1 27000@lic1 52'
            $use.PeakAt | Should -Be ([datetimeoffset] '2026-11-02T09:10:00+00:00')
        }
    }

    It 'reports a row that it cannot read, and goes on' {
        $rows = (New-Row 0 3), (New-Row 10 'many'), [pscustomobject] @{ Some = 'thing' }, 17, (New-Row 20 1)
        $use = $rows | Measure-FlexLmUsage -ErrorVariable errors -ErrorAction SilentlyContinue
        $use.Peak | Should -Be 3
        $errors.Count | Should -Be 3
        foreach ($one in $errors) { $one.FullyQualifiedErrorId | Should -BeLike 'PSLabNet.WrongInput,*' }
        "$($errors[0])" | Should -Match "InUse .* whole number: 'many'"
    }

    It 'measures features of a server, with their users and pools' {
        $server = Start-FlexLmSimulator -LicenseText "SERVER this_host ANY`nVENDOR MLM`nINCREMENT MATLAB MLM 51 permanent 3 SIGN=0`nINCREMENT MATLAB MLM 52 permanent 4 SIGN=1"
        try {
            $null = $server.Checkout('MATLAB', 'ada', 'ws1', '/dev/tty', 2)
            $first = Get-FlexLmFeature -Server $server.Server
            $null = $server.Checkout('MATLAB', 'grace', 'ws2', '/dev/tty', 1)
            $features = @($first) + @(Get-FlexLmFeature -Server $server.Server)
            $uses = @($features | Measure-FlexLmUsage)
            ($uses.Pool | Sort-Object) -join ' ' | Should -Be '51 52'
            $use = $features | Measure-FlexLmUsage -By Feature
            "$($use.Peak) $($use.Issued) $($use.UserCount) $($use.Pool)" | Should -Be '3 7 2 '
            ($features | Measure-FlexLmUsage -By User, HostName | ForEach-Object { "$($_.User)@$($_.HostName) $($_.Peak)" }) -join ', ' | Should -Be 'ada@ws1 2, grace@ws2 1'
        }
        finally { $server | Stop-FlexLmSimulator }
    }

    It 'measures snapshots of lmstat' {
        $use = ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt') 3> $null | Measure-FlexLmUsage
        @($use).Count | Should -BeGreaterThan 0
        $use[0].Average | Should -BeNullOrEmpty
        $use[0].Notes -join ' ' | Should -Match 'Two samples'
    }

    It 'takes the licenses issued from features that are piped in beside a log' {
        $features = (New-Row 0 1)
        $use = @($features | Measure-FlexLmUsage $log)
        $use.Count | Should -Be 1
        $use.Issued | Should -Be 10
    }

    It 'has the keys of -By in any combination' {
        $keys = [enum]::GetNames([PSLabNet.FlexLm.FlexLmUsageKey])
        $options = Join-Path $TestDrive 'mlm.opt'
        Set-Content $options 'GROUP optics alice bob'
        $uses = @(Measure-FlexLmUsage $log -By $keys -OptionsPath $options)
        foreach ($key in 'User', 'HostName', 'Group', 'Hour', 'Day', 'Weekday', 'Month') { $uses[0].$key | Should -Not -Be $null -Because $key }
        ($uses | Where-Object { $_.User -eq 'alice' -and $_.Hour -eq 9 }).Group | Should -Be 'optics'
        $hours = @(Measure-FlexLmUsage $log -By Hour, Day)
        $hours.Hour -join ' ' | Should -Be ((9..20) -join ' ')
        ($hours.Day | Select-Object -Unique) | Should -Be '2026-11-02'
        ($hours | Where-Object Hour -EQ 12).Coverage | Should -Be 0
        ($hours | Measure-Object DenialCount -Sum).Sum | Should -Be 1
    }

    It 'needs groups for -By Group' {
        { Measure-FlexLmUsage $log -By Group } | Should -Throw -ErrorId 'PSLabNet.NoGroup,*'
    }

    It 'reads the night and the denial window as people write them' {
        (Measure-FlexLmUsage $log -Overnight 19:00, 20:30).IdleHours | Should -Be 1.5
        (Measure-FlexLmUsage $log -Overnight '19:00 to 20:30').IdleHours | Should -Be 1.5
        (Measure-FlexLmUsage $log -Overnight 19, 6).IdleHours | Should -Be 2
        (Measure-FlexLmUsage $log -DenialWindow 00:01:00).DenialCount | Should -Be 2
        (Measure-FlexLmUsage $log -DenialWindow 0).DenialCount | Should -Be 2
        { Measure-FlexLmUsage $log -DenialWindow 5 } | Should -Throw '*00:05:00*'
        { Measure-FlexLmUsage $log -Overnight 20 } | Should -Throw '*20:00, 06:00*'
    }

    It 'writes nothing for nothing, and reports a path that does not exist' {
        @() | Measure-FlexLmUsage | Should -BeNullOrEmpty
        Measure-FlexLmUsage (Join-Path $TestDrive none.log) -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
    }

    It 'shows a table that fits, with the keys' {
        $lines = @(Measure-FlexLmUsage $log -By User, Hour -LicensePath $license | Format-Table | Out-String -Stream -Width 80 | Where-Object { $_.Trim() })
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines[0] | Should -Match '^Issued +Peak +P95 NeededFor99 AtLimit Denials Coverage Feature +By'
        @($lines -match ' MATLAB +alice, 9$').Count | Should -Be 1
    }
}
