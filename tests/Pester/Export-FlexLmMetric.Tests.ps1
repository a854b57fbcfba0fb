BeforeDiscovery { $promtool = [bool] (Get-Command promtool -ErrorAction Ignore) }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $license = @'
SERVER this_host ANY
VENDOR MLM
INCREMENT MATLAB MLM 52 31-dec-2099 10 SIGN=1111111111
INCREMENT "Odd \name" MLM 1.0 permanent 2 SIGN=3333333333
FEATURE Optics MLM 1.0 permanent uncounted HOSTID=0123456789AB SIGN=4444444444
'@
    $server = Start-FlexLmSimulator -LicenseText $license
    $null = $server.Checkout('MATLAB', 'alice', 'ws1', ':0', 1)
    $null = $server.Checkout('MATLAB', 'a"b\c', 'ws1', ':0', 1)
    $null = $server.Reserve('MATLAB', 'optics', 1)
    $file = Join-Path $TestDrive 'flexlm.prom'
}

AfterAll { Stop-FlexLmSimulator }

Describe 'Export-FlexLmMetric' {
    It 'writes the metrics of flexlm_exporter, with its labels' {
        Export-FlexLmMetric $file -Server $server.Server -App lab
        $text = Get-Content $file -Raw
        $text | Should -Match '(?m)^flexlm_server_status\{app="lab",fqdn="127\.0\.0\.1",master="true",port="\d+",version="11\.\d+"\} 1$'
        $text | Should -Match '(?m)^flexlm_vendor_status\{app="lab",name="MLM",version="11\.\d+"\} 1$'
        $text | Should -Match '(?m)^flexlm_feature_issued\{app="lab",name="MATLAB",type="floating"\} 10$'
        $text | Should -Match '(?m)^flexlm_feature_used\{app="lab",name="MATLAB",type="floating"\} 3$'
        $text | Should -Match '(?m)^flexlm_feature_used_users\{app="lab",name="MATLAB",user="alice",since="\d+"\} 1$'
        $text | Should -Match '(?m)^flexlm_feature_reserved_groups\{app="lab",name="MATLAB",group="optics"\} 1$'
        $text | Should -Match '(?m)^flexlm_feature_expiration_seconds\{app="lab",name="MATLAB",index="\d+",licenses="10",vendor="MLM",version="52"\} 4102\d+$'
        $text | Should -Match '(?m)^flexlm_feature_expiration_seconds\{app="lab",name="Optics".*\} \+Inf$'
        $text | Should -Match '(?m)^flexlm_scrape_error\{collector="lmstat",name="lab"\} 0$'
    }

    It 'escapes labels, writes line feeds, and writes no byte order mark' {
        Export-FlexLmMetric $file -Server $server.Server
        $bytes = [System.IO.File]::ReadAllBytes($file)
        $bytes[0] | Should -Be ([byte][char] '#')
        $bytes -contains 13 | Should -BeFalse
        Get-Content $file -Raw | Should -Match 'user="a\\"b\\\\c"'
    }

    It 'writes series sorted and once' {
        Export-FlexLmMetric $file -Server $server.Server, $server.Server
        $series = Get-Content $file | Where-Object { $_ -notlike '#*' } | ForEach-Object { $_ -replace ' [^ ]+$' }
        ($series | Select-Object -Unique).Count | Should -Be $series.Count
    }

    It 'passes promtool check metrics (promtool: apt-get install prometheus)' -Skip:(-not $promtool) {
        Export-FlexLmMetric $file -Server $server.Server
        $complaints = & sh -c "promtool check metrics < '$file' 2>&1"
        $LASTEXITCODE | Should -Be 0 -Because "$complaints"
    }

    It 'writes 0 and an error for a server that is down, and writes the others' {
        $dead = Start-FlexLmSimulator -Fault Refuse
        Export-FlexLmMetric $file -Server $server.Server, $dead.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.ServerDown,*'
        $text = Get-Content $file -Raw
        $text | Should -Match "(?m)^flexlm_server_status\{app=`"$($dead.Server)`".*\} 0$"
        $text | Should -Match "(?m)^flexlm_scrape_error\{collector=`"lmstat`",name=`"$($dead.Server)`"\} 1$"
        $dead | Stop-FlexLmSimulator
    }

    It 'marks the answer of a server as incomplete when one of its vendor daemons fails' {
        $half = Start-FlexLmSimulator -Vendor one, two -Fault CloseHalfWay -FaultTarget Vendor -FaultVendor two -FaultAfter 1
        Export-FlexLmMetric $file -Server $half.Server -App half -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $text = Get-Content $file -Raw
        $text | Should -Match '(?m)^flexlm_vendor_status\{app="half",name="two".*\} 1$'
        $text | Should -Match '(?m)^flexlm_scrape_error\{collector="lmstat",name="half"\} 1$'
        $text | Should -Match '(?m)^flexlm_feature_used\{app="half",name="one_feature001".*\} 0$'
        $text | Should -Not -Match 'flexlm_feature_used\{app="half",name="two_'
        $half | Stop-FlexLmSimulator
    }

    It 'takes features and statuses from the pipeline, and queries no server again' {
        $objects = @(Get-FlexLmStatus $server.Server) + @(Get-FlexLmFeature MATLAB -Server $server.Server)
        $before = $server.Connections
        $objects | Export-FlexLmMetric $file
        $server.Connections | Should -Be $before
        Get-Content $file -Raw | Should -Match 'flexlm_feature_used\{.*MATLAB.*\} 3'
        Get-Content $file -Raw | Should -Not -MatchExactly 'Optics'
    }

    It 'does not treat an expiry that lmstat does not report as never, neither in the file nor in a table' {
        $report = 'Users of f:  (Total of 9 licenses issued;  Total of 0 licenses in use)', '', '  "f" v1.0, vendor: vend{0}', '  floating license' -join "`n"
        ConvertFrom-LmStat ($report -f ', expiry: permanent') | Export-FlexLmMetric $file
        Get-Content $file -Raw | Should -Match '(?m)^flexlm_feature_expiration_seconds\{.*\} \+Inf$'
        $snapshot = ConvertFrom-LmStat ($report -f '') -WarningAction SilentlyContinue
        $snapshot | Export-FlexLmMetric $file
        Get-Content $file -Raw | Should -Not -Match 'flexlm_feature_expiration_seconds\{'
        $snapshot.Features | Format-Table | Out-String | Should -Not -Match 'never'
    }

    It 'names no user with ExcludeUser' {
        Export-FlexLmMetric $file -Server $server.Server -ExcludeUser
        Get-Content $file -Raw | Should -Not -Match 'alice'
    }

    It 'returns the file object with PassThru, and writes nothing with WhatIf' {
        (Export-FlexLmMetric $file -Server $server.Server -PassThru).FullName | Should -Be (Get-Item $file).FullName
        Export-FlexLmMetric (Join-Path $TestDrive 'not.prom') -Server $server.Server -WhatIf
        Join-Path $TestDrive 'not.prom' | Should -Not -Exist
    }

    It 'never shows half a file' {
        $reader = Start-ThreadJob {
            param($file)
            $halves = 0
            for ($n = 0; $n -lt 400; $n++) {
                $text = try { [System.IO.File]::ReadAllText($file) } catch { '' }
                if ($text -and $text -notmatch '(?s)^# HELP.*\n$') { $halves++ }
            }
            $halves
        } -ArgumentList $file
        1..20 | ForEach-Object { Export-FlexLmMetric $file -Server $server.Server }
        $reader | Wait-Job | Receive-Job | Should -Be 0
        Get-ChildItem $TestDrive -Filter *.tmp | Should -BeNullOrEmpty
    }

    It 'reports a path that cannot be written, and leaves no file behind' {
        Export-FlexLmMetric (Join-Path $TestDrive 'no/such/folder/x.prom') -Server $server.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
    }

    It 'leaves a good file as it is, and says why, when there is nothing to write: <Name>' -ForEach @(
        @{ Name = 'no server configured'; Reason = 'no license server was queried'; Run = { Export-FlexLmMetric $file -ErrorVariable +errors -ErrorAction SilentlyContinue } }
        @{ Name = 'input of the wrong kind'; Reason = 'none of the objects'; Run = { 'text', 5 | Export-FlexLmMetric $file -ErrorVariable +errors -ErrorAction SilentlyContinue } }
        @{ Name = 'an empty pipeline'; Reason = 'the input is empty'; Run = { @() | Export-FlexLmMetric $file -ErrorVariable +errors -ErrorAction SilentlyContinue } }
        @{ Name = 'a text that is no report of lmstat'; Reason = 'the input is empty'; Run = { ConvertFrom-LmStat 'Dear colleagues' -WarningAction SilentlyContinue | Export-FlexLmMetric $file -ErrorVariable +errors -ErrorAction SilentlyContinue } }
    ) {
        $before = $env:LM_LICENSE_FILE
        $env:LM_LICENSE_FILE = $null
        try {
            $errors = @()
            Set-Content $file 'a good file'
            . $Run
            $errors[-1].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.NothingToWrite,*'
            $errors[-1].Exception.Message | Should -Match $Reason
            Get-Content $file | Should -Be 'a good file'
        }
        finally { $env:LM_LICENSE_FILE = $before }
    }

    It 'refuses a device and a folder before any server is queried, with a message that names them (Linux)' -Skip:(-not $IsLinux) {
        $before = $server.Connections
        foreach ($path in '/dev/null', "$TestDrive") {
            Export-FlexLmMetric $path -Server $server.Server -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors | Should -HaveCount 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
            $errors[0].Exception.Message | Should -Match ([regex]::Escape($path))
            $errors[0].Exception.Message | Should -Not -Match '\.tmp'
        }
        $server.Connections | Should -Be $before
    }

    It 'adds the labels vendor, host and version, and treats 2099 as never, only where it is asked to' {
        Export-FlexLmMetric $file -Server $server.Server -App lab -UserLabel -VendorLabel -FarExpiryAsNever
        $text = Get-Content $file -Raw
        $text | Should -Match '(?m)^flexlm_feature_issued\{app="lab",name="MATLAB",type="floating",vendor="MLM"\} 10$'
        $text | Should -Match '(?m)^flexlm_feature_used_users\{app="lab",name="MATLAB",user="alice",since="\d+",host="ws1",version="52",vendor="MLM"\} 1$'
        $text | Should -Match '(?m)^flexlm_feature_expiration_seconds\{app="lab",name="MATLAB".*\} \+Inf$'
    }

    It 'rejects other objects in the pipeline' {
        'text' | Export-FlexLmMetric $file -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.WrongInput,*'
    }
}
