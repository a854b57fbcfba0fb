# Takes the scripts from docs/scheduled-tasks.md and runs each in a separate process, like a scheduled task.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $scripts = Join-Path $TestDrive 'jobs'
    Save-PageScript 'docs/scheduled-tasks.md' $scripts

    # The module is found by its name, like an installed one.
    $modules = Join-Path $TestDrive 'modules'
    Copy-LabModule $modules

    # For the whole file: a runspace that opens meanwhile, such as that of a thread job, sets the variable of the process anew.
    $modulePath = $env:PSModulePath
    $env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath

    function Start-Job1 {
        param([string] $Name, [string[]] $With)
        $output = Invoke-PowerShell -File (Join-Path $scripts $Name) @With 2>&1
        [pscustomobject] @{ Code = $LASTEXITCODE; Text = $output -join "`n" }
    }

    function Start-MailServer {
        # Takes one message, and gives back what the client said.
        param([System.Net.Sockets.TcpListener] $Listener)
        $Listener.Start()
        Start-ThreadJob {
            # Just enough SMTP for a client that sends one message.
            param($listener)
            $client = $listener.AcceptTcpClient()
            $stream = $client.GetStream()
            $reader = [System.IO.StreamReader]::new($stream)
            $writer = [System.IO.StreamWriter]::new($stream)
            $writer.NewLine = "`r`n"
            $writer.AutoFlush = $true
            $writer.WriteLine('220 test')
            while ($line = $reader.ReadLine()) {
                $line
                if ($line -eq 'DATA') {
                    $writer.WriteLine('354 go on')
                    do { ($line = $reader.ReadLine()) } until ($line -eq '.')
                    $writer.WriteLine('250 taken')
                }
                elseif ($line -eq 'QUIT') { $writer.WriteLine('221 bye'); break }
                else { $writer.WriteLine('250 ok') }
            }
            $client.Dispose()
        } -ArgumentList $Listener
    }

    $server = Start-FlexLmSimulator -LicenseText @"
SERVER this_host ANY
VENDOR MLM
INCREMENT FULL MLM 52 permanent 2 SIGN=1111111111
INCREMENT SOON MLM 52 $([datetime]::Now.AddDays(5).ToString('dd-MMM-yyyy', [cultureinfo]::InvariantCulture)) 2 SIGN=2222222222
INCREMENT FINE MLM 52 permanent 2 SIGN=3333333333
INCREMENT GONE MLM 52 1-jan-2020 2 SIGN=4444444444
"@
    1..2 | ForEach-Object { $null = $server.Checkout('FULL', "user$_", 'ws1', ':0', 1) }
    $fine = Start-FlexLmSimulator -Vendor fine -FeatureCount 2
    $dead = Start-FlexLmSimulator -Fault Refuse
}

AfterAll {
    $env:PSModulePath = $modulePath
    Stop-FlexLmSimulator
    Stop-IcePapSimulator
}

Describe 'The scripts of docs/scheduled-tasks.md' {
    It 'are seven' { (Get-ChildItem $scripts).Count | Should -Be 7 }

    It 'write metrics, and end with 1 when a server is down' {
        $file = Join-Path $TestDrive 'task.prom'
        (Start-Job1 Export-LicenseMetric.ps1 -With '-Path', $file, '-Server', $fine.Server).Code | Should -Be 0
        Get-Content $file -Raw | Should -Match 'flexlm_feature_issued\{.*fine_feature001'
        $result = Start-Job1 Export-LicenseMetric.ps1 -With '-Path', $file, '-Server', $dead.Server
        $result.Code | Should -Be 1
        $result.Text | Should -Match ([regex]::Escape($dead.Server))
        Get-Content $file -Raw | Should -Match 'flexlm_server_status\{.*\} 0'
        (Start-Job1 Export-LicenseMetric.ps1 -With '-Path', (Join-Path $TestDrive 'no/folder.prom'), '-Server', $fine.Server).Code | Should -Be 2
    }

    It 'append samples, each run to the file of its month, and end with 1 when a server is down' {
        $file = Join-Path $TestDrive 'use.csv'
        $month = Join-Path $TestDrive "use-$([datetime]::UtcNow.ToString('yyyy-MM')).csv"
        (Start-Job1 Add-LicenseSample.ps1 -With '-Path', $file, '-Server', $fine.Server).Code | Should -Be 0
        $result = Start-Job1 Add-LicenseSample.ps1 -With '-Path', $file, '-Server', "$($fine.Server);$($dead.Server)"
        $result.Code | Should -Be 1
        $result.Text | Should -Match ([regex]::Escape($dead.Server))
        (Import-FlexLmSample $month).Feature | Should -Be 'fine_feature001', 'fine_feature002', 'fine_feature001', 'fine_feature002'
        (Start-Job1 Add-LicenseSample.ps1 -With '-Path', $file, '-Server', $dead.Server).Code | Should -Be 2
        (Start-Job1 Add-LicenseSample.ps1 -With '-Path', (Join-Path $TestDrive 'no/folder.csv'), '-Server', $fine.Server).Code | Should -Be 2
        Import-FlexLmSample $month | Should -HaveCount 4
    }

    It 'make rows of a table of samples, and samples of its rows' {
        $from = Join-Path $TestDrive 'from.csv'
        Set-Content $from 'Time,Server,Feature,InUse,Reserved', '2026-11-27T10:00:00+00:00,s,"a,b",3,', '2026-11-27T10:10:00+00:00,s,c,,1'
        $ast = [System.Management.Automation.Language.Parser]::ParseFile((Join-Path $scripts 'Copy-LicenseSample.ps1'), [ref] $null, [ref] $null)
        foreach ($function in $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true)) { . ([scriptblock]::Create($function.Extent.Text)) }
        $rows = New-SampleTable
        Import-FlexLmSample $from | ForEach-Object { Add-SampleRow $rows $_ }
        $rows.Rows[0].Time | Should -Be ([datetimeoffset] '2026-11-27T10:00:00Z')
        $rows.Rows[1].IsNull('InUse') | Should -BeTrue
        $to = Join-Path $TestDrive 'to.csv'
        ConvertFrom-SampleTable $rows | Export-FlexLmSample $to
        Compare-Object (Import-FlexLmSample $from) (Import-FlexLmSample $to) -Property Time, Server, Vendor, Feature, Version, Issued, InUse, Reserved, Queued | Should -BeNullOrEmpty
    }

    It 'end with 2 when the rows cannot be copied' {
        $from = Join-Path $TestDrive 'copied.csv'
        Set-Content $from 'Time,Feature', '2026-11-27T10:00:00+00:00,a'
        $result = Start-Job1 Copy-LicenseSample.ps1 -With '-Path', $from, '-ConnectionString', 'Server=127.0.0.1,9;Connect Timeout=1'
        $result.Code | Should -Be 2
        $result.Text | Should -Match 'The rows were not copied'
    }

    It 'alert on licenses that are used up or expire, and on dead servers' {
        (Start-Job1 Test-License.ps1 -With '-Server', $fine.Server).Code | Should -Be 0
        $result = Start-Job1 Test-License.ps1 -With '-Server', $server.Server
        $result.Code | Should -Be 1
        $result.Text | Should -Match 'FULL.*2 of 2'
        $result.Text | Should -Match 'SOON.*expires on'
        $result.Text | Should -Match 'GONE.*expired on 2020-01-01, \d+ days ago'
        $result.Text | Should -Not -Match 'FINE'
        $result = Start-Job1 Test-License.ps1 -With '-Server', $dead.Server
        $result.Code | Should -Be 1
        $result.Text | Should -Match ([regex]::Escape($dead.Server))
    }

    It 'end with 2 and leave a good file as it is when no server is configured' {
        $before = $env:LM_LICENSE_FILE
        $env:LM_LICENSE_FILE = $null
        try {
            $file = Join-Path $TestDrive 'kept.prom'
            Set-Content $file 'kept'
            foreach ($job in @{ Name = 'Export-LicenseMetric.ps1'; With = '-Path', $file }, @{ Name = 'Test-License.ps1'; With = @() },
                @{ Name = 'Send-LicenseReport.ps1'; With = '-To', 'a@b.c', '-From', 'a@b.c', '-SmtpServer', '127.0.0.1' },
                @{ Name = 'Send-ServerCheckList.ps1'; With = '-To', 'a@b.c', '-From', 'a@b.c', '-SmtpServer', '127.0.0.1' }) {
                $result = Start-Job1 $job.Name -With $job.With
                $result.Code | Should -Be 2 -Because "$($job.Name): $($result.Text)"
                $result.Text | Should -Match 'LM_LICENSE_FILE'
            }
            Get-Content $file | Should -Be 'kept'
        }
        finally { $env:LM_LICENSE_FILE = $before }
    }

    It 'send the alert to a webhook' {
        $listener = [System.Net.HttpListener]::new()
        $probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $probe.Start()
        $port = $probe.LocalEndpoint.Port
        $probe.Stop()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        $listener.Start()
        $got = Start-ThreadJob {
            param($listener)
            $context = $listener.GetContext()
            [System.IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
            $context.Response.Close()
        } -ArgumentList $listener
        try {
            (Start-Job1 Test-License.ps1 -With '-Server', $server.Server, '-Webhook', "http://127.0.0.1:$port/").Code | Should -Be 1
            ($got | Wait-Job -Timeout 60 | Receive-Job | ConvertFrom-Json).text | Should -Match 'FULL'
        }
        finally {
            $listener.Close()
            $got | Remove-Job -Force
        }
    }

    It 'send the report by mail' {
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $got = Start-MailServer $listener
        try {
            $log = Join-Path $root 'tests/corpus/logs/vendor.log'
            $result = Start-Job1 Send-LicenseReport.ps1 -With '-To', 'admin@lab.example', '-From', 'licenses@lab.example', '-SmtpServer', '127.0.0.1', '-SmtpPort', $listener.LocalEndpoint.Port, '-Server', $server.Server, '-DebugLog', $log
            $result.Code | Should -Be 0 -Because $result.Text
            $mail = $got | Wait-Job -Timeout 60 | Receive-Job
            $mail -join "`n" | Should -Match 'RCPT TO:<admin@lab.example>'
            $mail -join "`n" | Should -Match 'text/html'
        }
        finally {
            $listener.Stop()
            $got | Remove-Job -Force
        }
        (Start-Job1 Send-LicenseReport.ps1 -With '-To', 'a@b.c', '-From', 'a@b.c', '-SmtpServer', '127.0.0.1', '-SmtpPort', $listener.LocalEndpoint.Port, '-Server', $server.Server).Code | Should -Be 2
        $result = Start-Job1 Send-LicenseReport.ps1 -With '-To', 'a@b.c', '-From', 'a@b.c', '-SmtpServer', '127.0.0.1', '-SmtpPort', '1', '-Server', $dead.Server
        $result.Code | Should -Be 2
        $result.Text | Should -Match 'was not sent: .*refused'
        $result.Text | Should -Match ([regex]::Escape($dead.Server))
    }

    It 'send the check list of servers by mail when a step fails' {
        $with = '-To', 'admin@lab.example', '-From', 'licenses@lab.example', '-SmtpServer', '127.0.0.1', '-SmtpPort'
        $result = Start-Job1 Send-ServerCheckList.ps1 -With ($with + '1', '-Server', $fine.Server)
        $result.Code | Should -Be 0 -Because $result.Text
        $result.Text | Should -BeNullOrEmpty
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $got = Start-MailServer $listener
        try {
            $result = Start-Job1 Send-ServerCheckList.ps1 -With ($with + $listener.LocalEndpoint.Port, '-Server', "$($fine.Server);$($dead.Server)")
            $result.Code | Should -Be 1 -Because $result.Text
            $result.Text | Should -Match 'Failed: Connect: .* refuses connections'
            $mail = ($got | Wait-Job -Timeout 60 | Receive-Job) -join "`n"
            $mail | Should -Match 'Subject: License servers: 1 steps failed'
            $mail | Should -Match 'text/html'
        }
        finally {
            $listener.Stop()
            $got | Remove-Job -Force
        }
        $result = Start-Job1 Send-ServerCheckList.ps1 -With ($with + '1', '-Server', $dead.Server)
        $result.Code | Should -Be 2
        $result.Text | Should -Match 'was not sent: .*refused'
    }

    It 'compare controllers with a saved inventory, and never change it' {
        $macs = 1..2 | ForEach-Object { New-LabMac }
        $null = Start-IcePapSimulator -MacAddress $macs -Hostname inv-a, inv-b -IPAddress 10.9.8.1, 10.9.8.3
        $file = Join-Path $TestDrive 'inventory.csv'
        $with = '-Path', $file, '-Interface', '127.0.0.1'
        (Start-Job1 Compare-IcePapInventory.ps1 -With $with).Code | Should -Be 2
        Find-IcePap -Interface $loopback -TimeoutSeconds 2 | Export-Csv $file -NoTypeInformation
        $kept = Get-Content $file -Raw
        (Start-Job1 Compare-IcePapInventory.ps1 -With $with).Code | Should -Be 0
        Set-IcePapNetwork $macs[0] -Hostname inv-z -Interface $loopback -Confirm:$false
        Stop-IcePapSimulator $macs[1]
        $result = Start-Job1 Compare-IcePapInventory.ps1 -With $with
        $result.Code | Should -Be 1
        $result.Text | Should -Match "Different: $($macs[0]) \(inv-a\) Hostname inv-z -> inv-a"
        $result.Text | Should -Match "Missing: $($macs[1]) \(inv-b\)"
        Stop-IcePapSimulator $macs[0]
        $result = Start-Job1 Compare-IcePapInventory.ps1 -With $with
        $result.Code | Should -Be 1
        $result.Text | Should -Match "Missing: $($macs[0]) \(inv-a\)"
        $result.Text | Should -Match "Missing: $($macs[1]) \(inv-b\)"
        Get-Content $file -Raw | Should -Be $kept
    }
}
