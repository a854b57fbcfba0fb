<#
.SYNOPSIS
    Runs the examples of a help page in a laboratory of simulated devices and license servers, each in a fresh one.
.DESCRIPTION
    The names that examples use are those of the laboratory: devices iceeu4, iceeu5 and theta; license servers lic1, lic2,
    the triad lica, licb, licc (or a, b, c), and dead, where nobody listens; the files licenses/mlm.lic, options/mlm.opt, vendor.log,
    lmstat.txt, plan.csv, servers.csv and usage.csv. Ports are chosen by the system, so the names of servers are replaced in the code before it runs; and so are
    interfaces and paths of Windows. What asks for a confirmation gets it.
    An object for each example is written to a file: Number, Errors, Output, and whether it had to be stopped.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Page,
    [Parameter(Mandatory)] [string] $Result,
    [string[]] $Number,
    [int] $LimitSeconds = 90
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'HelpPages.ps1')
Import-Module (Join-Path $helpRoot 'PSLabNet.psd1')

# Commands that end only with Ctrl-C. They run for a while, and are then stopped in the same way.
$endless = @{ 'Watch-IcePapTraffic' = 1; 'Watch-FlexLmCheckout' = 1, 3; 'Import-FlexLmLog' = 4 }
$endlessSeconds = 3

function Start-Laboratory {
    # Creates servers, devices if requested, and files. Returns the replacements for the code.
    param([string] $Folder, [switch] $Devices)
    $day = [datetime]::Today.AddDays(20).ToString('dd-MMM-yyyy', [cultureinfo]::InvariantCulture)
    $license = "SERVER this_host ANY`nVENDOR MLM`nINCREMENT MATLAB MLM 52 permanent 10 SIGN=1111111111`n" +
    "INCREMENT SIMULINK MLM 52 $day 2 SIGN=2222222222`nINCREMENT Signal_Toolbox MLM 52 permanent 3 SIGN=3333333333`n"
    $one = Start-FlexLmSimulator -LicenseText $license
    $null = $one.Checkout('MATLAB', 'ada', 'ws1', ':0', 1)
    $null = $one.Checkout('MATLAB', 'grace', 'ws2', ':0', 1)
    $null = $one.Checkout('SIMULINK', 'ada', 'ws1', ':0', 1)
    $two = Start-FlexLmSimulator
    $triad = Start-FlexLmSimulator -Redundant -Vendor triad
    $dead = Start-FlexLmSimulator -Fault Refuse
    $free = New-Object System.Net.Sockets.TcpListener ([ipaddress]::Loopback), 0
    $free.Start()
    $port = $free.LocalEndpoint.Port
    $free.Stop()
    if ($Devices) {
        $null = Start-IcePapSimulator -Hostname iceeu4, iceeu5, theta -MacAddress 00:0c:c6:69:13:2d, 00:0c:c6:69:13:2e, 00:0c:c6:69:13:2f -IPAddress 172.24.155.222, 172.24.155.223, 172.24.155.224 -RebootSeconds 1
    }

    $null = New-Item -ItemType Directory -Path (Join-Path $Folder 'licenses') -Force
    Set-Content (Join-Path $Folder 'licenses/mlm.lic') $license
    $null = New-Item -ItemType Directory -Path (Join-Path $Folder 'options') -Force
    Set-Content (Join-Path $Folder 'options/mlm.opt') '# Who may use what', 'GROUP control ada grace', 'RESERVE 2 MATLAB USER alice', 'RESERVE 1 SIMULINK GROUP control', 'NOLOG QUEUED'
    Set-Content (Join-Path $Folder 'licenses/license.dat') "SERVER 127.0.0.1 ANY $($one.Port)", 'VENDOR MLM'
    Copy-Item (Join-Path $helpRoot 'tests/corpus/logs/vendor.log') (Join-Path $Folder 'vendor.log')
    Copy-Item (Join-Path $helpRoot 'tests/corpus/lmstat/usage-and-table.txt') (Join-Path $Folder 'lmstat.txt')
    Set-Content (Join-Path $Folder 'plan.csv') 'MacAddress,Hostname,IPAddress', '00:0c:c6:69:13:2d,hall1,172.24.155.41', '00:0c:c6:69:13:2e,hall2,'
    Set-Content (Join-Path $Folder 'usage.csv') 'Time,Server,Vendor,Feature,Version,Issued,InUse,Reserved,Queued',
    '2026-11-27T10:00:00+00:00,27000@lic1,MLM,MATLAB,52,10,3,0,', "$([datetime]::UtcNow.AddHours(-1).ToString('s'))+00:00,27000@lic1,MLM,MATLAB,52,10,7,0,"
    Set-Content (Join-Path $Folder 'servers.csv') 'Server', $one.Server, $two.Server
    $env:LM_LICENSE_FILE = $one.Server
    [ordered] @{
        '27000@lica,27000@licb,27000@licc' = $triad.Server
        '27000@a,27000@b,27000@c'          = $triad.Server
        'C:\licenses\license.dat'          = 'licenses/license.dat'
        "'Ethernet 2', 10.1.2.3"           = 'lo, 127.0.0.1'
        '-FromDns  '                       = '-FromDns -PrefixLength 24 -Gateway 172.24.155.1  '
        '27000@lic1'                       = $one.Server
        '27000@lic2'                       = $two.Server
        '27000@dead'                       = $dead.Server
        "'@lic1'"                          = "'$($one.Server)'"
        '27000@localhost'                  = "$port@127.0.0.1"
        '-Port 27000'                      = "-Port $port"
    }
}

function Start-Shell {
    param([string] $Folder)
    $shell = [powershell]::Create()
    $null = $shell.AddScript('
        param($module, $folder)
        Import-Module $module
        Set-Location $folder
        $ProgressPreference = "SilentlyContinue"
        $ConfirmPreference = "None"
        if ($PSVersionTable.PSVersion.Major -ge 7) { $PSStyle.OutputRendering = "PlainText" }').AddArgument("$helpRoot/PSLabNet.psd1").AddArgument($Folder).Invoke()
    $shell.Commands.Clear()
    $shell
}

function Invoke-Example {
    param([hashtable] $Example)
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) "pslabnet-help-$PID-$($Example.Number)"
    $null = New-Item -ItemType Directory -Path $folder -Force
    $isEndless = $endless[$Example.Page] -contains $Example.Number
    $limit = if ($isEndless) { $endlessSeconds } else { $LimitSeconds }
    $shell = $null
    $chatter = $null
    try {
        $replaced = Start-Laboratory $folder -Devices:($Example.Code -match 'IcePap' -and $Example.Code -notmatch 'Start-IcePapSimulator')
        $code = $Example.Code
        foreach ($name in $replaced.Keys) { $code = $code.Replace($name, $replaced[$name]) }
        $code = $code -replace '-DurationSeconds \d+', '-DurationSeconds 2'
        if ($code -match 'Watch-IcePapTraffic') {
            # Causes some events.
            $chatter = Start-Shell $folder
            $null = $chatter.AddScript('while ($true) { $null = Find-IcePap -Interface 127.0.0.1 -TimeoutSeconds 0.2 }').BeginInvoke()
        }

        $shell = Start-Shell $folder
        $running = $shell.AddScript($code).AddCommand('Out-String').AddParameter('Width', 200).BeginInvoke()
        $isDone = $running.AsyncWaitHandle.WaitOne([timespan]::FromSeconds($limit))
        $output = ''
        $errors = @()
        try {
            if ($isDone) { $output = $shell.EndInvoke($running) -join '' } else { $shell.Stop() }
        }
        catch {
            $errors += "$_"
        }

        $errors += @($shell.Streams.Error | ForEach-Object { "$($_.FullyQualifiedErrorId): $_" })
        if ($isDone -eq $isEndless) { $errors += if ($isDone) { 'It ended by itself.' } else { "It did not end in $limit seconds." } }
        [pscustomobject] @{ Number = $Example.Number; Errors = $errors; Output = $output }
    }
    finally {
        foreach ($one in $chatter, $shell) {
            if ($one) {
                $one.Stop()
                $one.Dispose()
            }
        }

        Stop-FlexLmSimulator
        Stop-IcePapSimulator
        Remove-Item $folder -Recurse -Force -ErrorAction Ignore
    }
}

Get-PageExample $Page | Where-Object { -not $Number -or "$($_.Number)" -in @($Number | ForEach-Object { $_ -split "," }) } |
    Where-Object { $env:PSLABNET_TEST_NAMESPACE -or -not (Test-SendsEverywhere $_.Code) } |
    ForEach-Object { Invoke-Example $_ } | Export-Clixml $Result
exit 0
