BeforeAll {
    . (Join-Path $PSScriptRoot 'LicenseLab.ps1')
    $runspaceCount = 50
    $corpus = Join-Path $root 'tests/corpus/lmstat'

    # Runs a script in one runspace, and in many that all start at the same moment; returns their output.
    function Invoke-LabRunspace {
        param([int] $Count, [string] $Script, [object[]] $Arguments)
        $state = [initialsessionstate]::CreateDefault()
        $state.ImportPSModule([string[]] (Join-Path $root 'PSLabNet.psd1'))
        $pool = [runspacefactory]::CreateRunspacePool($Count, $Count, $state, $Host)
        $pool.Open()
        $together = [System.Threading.Barrier]::new($Count)
        try {
            $running = foreach ($number in 1..$Count) {
                $shell = [powershell]::Create()
                $shell.RunspacePool = $pool
                # Each runspace finds its first command, and so the module, before all continue together.
                $null = $shell.AddScript("param(`$together, `$number)`n`$ErrorActionPreference = 'Stop'`n`$null = Get-Command Find-IcePap`n" +
                    "if (-not `$together.SignalAndWait(120000)) { throw 'Not all runspaces came up.' }`n" + $Script)
                $null = $shell.AddArgument($together).AddArgument($number)
                foreach ($argument in $Arguments) { $null = $shell.AddArgument($argument) }
                [pscustomobject] @{ Shell = $shell; Result = $shell.BeginInvoke() }
            }

            foreach ($one in $running) {
                $lines = $one.Shell.EndInvoke($one.Result)
                $one.Shell.Streams.Error | ForEach-Object { throw $_ }
                $one.Shell.Dispose()
                $lines -join "`n"
            }
        }
        finally {
            $pool.Dispose()
            $together.Dispose()
        }
    }

    function Assert-LabSame {
        param([string] $Script, [object[]] $Arguments, [string] $Like)
        $alone = Invoke-LabRunspace 1 $Script $Arguments
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $many = @(Invoke-LabRunspace $runspaceCount $Script $Arguments)
        Write-Host ('    {0} runspaces in {1:0.0} s' -f $runspaceCount, $clock.Elapsed.TotalSeconds)
        $alone | Should -BeLike $Like
        $many | Should -HaveCount $runspaceCount
        $many | Select-Object -Unique | Should -BeExactly $alone
    }
}

Describe 'The same cmdlets from fifty runspaces at once' {
    BeforeAll {
        $macs = 1..20 | ForEach-Object { New-LabMac }
        $null = Start-IcePapSimulator -MacAddress $macs
        $server = Start-FlexLmSimulator -LicenseText $license
        $null = $server.Checkout('MATLAB', 'alice', 'ws1', ':0', 1)
        $null = $server.Checkout('MATLAB', 'bob', 'ws2', ':0', 1)
        $null = $server.Reserve('MATLAB', 'optics', 1)
    }

    AfterAll {
        Stop-IcePapSimulator
        Stop-FlexLmSimulator
    }

    It 'find the same devices' {
        Assert-LabSame -Arguments (, $macs) -Like "*$($macs[0]) *" -Script @'
$macs = $args[0]
Find-IcePap -Interface 127.0.0.1 -MacAddress $macs -TimeoutSeconds 5 | Sort-Object { "$($_.MacAddress)" } |
    ForEach-Object { "$($_.MacAddress) $($_.Hostname) $($_.IPAddress)/$($_.PrefixLength) $($_.Gateway) $($_.Broadcast) $($_.Interface)" }
'@
    }

    It 'get the same status' {
        Assert-LabSame -Arguments $server.Server -Like '* Up *cdslmd Up*MLM Up*' -Script @'
Get-FlexLmStatus $args[0] -TimeoutSeconds 60 | ForEach-Object {
    "$($_.Server) $($_.HostName) $($_.Port) $($_.Status) $($_.Version) $($_.IsMaster) $($_.Error)"
    $_.Vendors | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Status) $($_.Version) $($_.Error)" } }
'@
    }

    It 'get the same features and checkouts' {
        Assert-LabSame -Arguments $server.Server -Like '*MATLAB*alice ws1*bob ws2*' -Script @'
Get-FlexLmFeature -Server $args[0] -TimeoutSeconds 60 | Sort-Object Vendor, Name | ForEach-Object {
    "$($_.Vendor) $($_.Name) $($_.Version) $($_.Issued) $($_.InUse) $($_.Reserved) $($_.Available) $($_.Expires) $($_.IsComplete)"
    $_.Checkouts | ForEach-Object { "$($_.User) $($_.HostName) $($_.Count) $($_.Kind)" } }
'@
    }

    It 'read the same from every text of the corpus' {
        Assert-LabSame -Arguments $corpus -Like '*"Features"*' -Script @'
foreach ($file in Get-ChildItem $args[0] -Filter *.txt | Sort-Object Name) {
    $json = ConvertFrom-LmStat -Path $file.FullName -WarningAction SilentlyContinue | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue
    "$($file.Name) " + ($json -replace '"(CheckedAt|ReadAt)": *"[^"]*"' -replace '"(DaysLeft|Duration)": *[^,\r\n]*' -replace '"(Ticks|\w*Days|\w*Hours|\w*Minutes|\w*Seconds|Milliseconds)": *[-0-9.E+]*')
}
'@
    }

    It 'write the same metrics, all of them to one file and each to its own' {
        $shared = Join-Path $TestDrive 'shared.prom'
        $read = '(Get-Content {0} | Where-Object {{ $_ -notmatch ''^#'' -and $_ -notmatch ''duration|timestamp|seconds|_time'' }}) -join "`n"'

        # The shared file is read when all are done: on Windows, fifty readers would keep a file from being replaced.
        Assert-LabSame -Arguments $server.Server, "$TestDrive", $shared -Like '*flexlm_feature_used{*} 3*' -Script @"
`$own = Join-Path `$args[1] "own-`$number.prom"
Export-FlexLmMetric `$own -Server `$args[0] -TimeoutSeconds 60
Export-FlexLmMetric `$args[2] -Server `$args[0] -TimeoutSeconds 60
$($read -f '$own')
"@
        & ([scriptblock]::Create($read -f '$args[0]')) $shared | Should -BeExactly (& ([scriptblock]::Create($read -f '$args[0]')) (Join-Path $TestDrive 'own-1.prom'))
        (Get-ChildItem $TestDrive).Name | Where-Object { $_ -notlike '*.prom' } | Should -BeNullOrEmpty
    }
}
