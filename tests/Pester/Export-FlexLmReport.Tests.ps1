BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $server = Start-FlexLmSimulator -LicenseText "SERVER this_host ANY`nVENDOR MLM`nINCREMENT MATLAB MLM 52 31-dec-2099 10 SIGN=1111111111"
    $null = $server.Checkout('MATLAB', '<script>alert(1)</script>', 'ws1', ':0', 1)
    $file = Join-Path $TestDrive 'report.html'
}

AfterAll { Stop-FlexLmSimulator }

Describe 'Export-FlexLmReport' {
    It 'writes one page from the answers of the servers' {
        $written = Export-FlexLmReport $file -Server $server.Server -Title 'Our licenses' -PassThru
        $written.FullName | Should -Be (Get-Item $file).FullName
        $page = Get-Content $file -Raw
        $page | Should -Match 'Our licenses'
        $page | Should -Match 'MATLAB'
        $page | Should -Match ([regex]::Escape($server.Server))
    }

    It 'shows a user whose name is a script as text, and loads nothing from outside' {
        Export-FlexLmReport $file -Server $server.Server
        $page = Get-Content $file -Raw
        $page | Should -Match '&lt;script&gt;alert\(1\)'
        $page | Should -Not -Match '<script>alert'
        $page | Should -Match "Content-Security-Policy.*default-src 'none'"
        $page | Should -Not -Match '(src|href)="(https?:)?//'
    }

    It 'takes features, statuses, snapshots and log events from the pipeline' {
        $before = $server.Connections
        $objects = @(Import-FlexLmLog (Join-Path $root 'tests/corpus/logs/vendor.log')) + @(ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt'))
        $objects | Export-FlexLmReport $file
        $page = Get-Content $file -Raw
        $page | Should -Match 'SIMULINK'
        $page | Should -Match 'carl@corp.example'
        $server.Connections | Should -Be $before
    }

    It 'shows what is missing when a server is down, and writes an error' {
        $dead = Start-FlexLmSimulator -Fault Refuse
        Export-FlexLmReport $file -Server $dead.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.ServerDown,*'
        Get-Content $file -Raw | Should -Match 'Down'
        $dead | Stop-FlexLmSimulator
    }

    It 'writes nothing with WhatIf' {
        Export-FlexLmReport (Join-Path $TestDrive 'not.html') -Server $server.Server -WhatIf
        Join-Path $TestDrive 'not.html' | Should -Not -Exist
    }

    It 'reports objects that it cannot use, and a path that cannot be written' {
        'text' | Export-FlexLmReport $file -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.WrongInput,*'
        Export-FlexLmReport (Join-Path $TestDrive 'no/such/x.html') -Server $server.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
    }

    Context 'with samples' {
        BeforeAll {
            $samples = Join-Path $TestDrive 'usage.csv'
            $monday = [datetimeoffset] '2026-11-23T00:00:00Z'
            Set-Content $samples (@('Time,Server,Vendor,Feature,Version,Issued,InUse,Reserved,Queued') + (0..150 | ForEach-Object { $monday.AddMinutes(10 * $_).ToString('yyyy-MM-ddTHH:mm:ss+00:00,') + "27000@lic1,MLM,SIMULINK,52,8,$($_ % 7),0," }))
        }

        It 'shows their use over time, from a file and from the pipeline' {
            Get-FlexLmFeature -Server $server.Server | Export-FlexLmReport $file -SamplePath (Join-Path $TestDrive 'usag?.csv')
            $page = Get-Content $file -Raw
            $page | Should -Match 'SIMULINK in use over time, peak 6'
            $page | Should -Match 'Peak 6 of 8'
            Import-FlexLmSample $samples | Export-FlexLmReport $file
            Get-Content $file -Raw | Should -Match 'SIMULINK in use over time, peak 6'
        }

        It 'maps the hours of the week of the features that are asked for' {
            Import-FlexLmSample $samples | Export-FlexLmReport $file -HeatMap SIM*
            $page = Get-Content $file -Raw
            $page | Should -Match '<figure class="heat">\n<figcaption id="h0"><b>SIMULINK'
            [regex]::Matches($page, '<th scope="row">(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day').Count | Should -Be 7
            Import-FlexLmSample $samples | Export-FlexLmReport $file -HeatMap other
            Get-Content $file -Raw | Should -Not -Match 'class="heat"'
        }

        It 'reports a file that is missing, and lines that cannot be read, and still writes' {
            Add-Content $samples 'nonsense'
            Get-FlexLmFeature -Server $server.Server | Export-FlexLmReport $file -SamplePath $samples, (Join-Path $TestDrive 'none.csv') -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors.FullyQualifiedErrorId -replace ',.*' | Should -Be 'PSLabNet.SampleFault', 'PSLabNet.PathNotFound'
            Get-Content $file -Raw | Should -Match 'SIMULINK in use over time'
        }
    }

    It 'takes the thresholds from FullPercent and ExpiryDays' {
        { Export-FlexLmReport $file -Server $server.Server -FullPercent 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        Export-FlexLmReport $file -Server $server.Server -FullPercent 10 -ExpiryDays 30
        $page = Get-Content $file -Raw
        $page | Should -Match 'At 10 % or more'
        $page | Should -Match 'Within 30 days'
        $page | Should -Match '<b>full</b>'
    }

    It 'marks what is older than a day' {
        ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt') -WarningAction SilentlyContinue | Export-FlexLmReport $file
        Get-Content $file -Raw | Should -Match '<span class="chip warn">\d+ d \d+ h old</span>'
        Export-FlexLmReport $file -Server $server.Server
        Get-Content $file -Raw | Should -Not -Match 'h old</span>'
    }
}
