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
}
