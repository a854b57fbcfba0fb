# Dot-sourced by the tests: imports the built module and provides processes, raw datagrams, and a way to wait.
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
. (Join-Path $root 'tests/PowerShell.ps1')
. (Join-Path $PSScriptRoot 'Wine.ps1')
Import-Module (Join-Path $root 'PSLabNet.psd1') -Force

function Get-LabManifest {
    # The values of the manifest in this PowerShell. Import-PowerShellDataFile rejects its conditions by edition.
    & ([scriptblock]::Create((Get-Content (Join-Path $root 'PSLabNet.psd1') -Raw)))
}

function Save-PageScript {
    # Writes the scripts of a page, each a block of PowerShell that begins with the name of its file, into a new folder.
    param([string] $Page, [string] $Folder)
    $null = New-Item -ItemType Directory $Folder
    $text = Get-Content (Join-Path $root $Page) -Raw
    foreach ($block in [regex]::Matches($text, '(?ms)^```powershell\r?\n# (?<name>\S+\.ps1)\r?\n(?<text>.*?)^```')) {
        Set-Content (Join-Path $Folder $block.Groups['name'].Value) $block.Groups['text'].Value
    }
}

function Copy-LabModule {
    # Puts the module into a folder as if it were installed there: a PSModulePath that names the folder finds it.
    param([string] $Folder)
    $target = New-Item -ItemType Directory (Join-Path $Folder 'PSLabNet') -Force
    Copy-Item ('PSLabNet.psd1', 'bin', 'en-US' | ForEach-Object { Join-Path $root $_ }) $target.FullName -Recurse
}

function New-LabProgram {
    # A program in place of lmutil: a shell script. On Windows it would be a batch file, which the cmdlets refuse to run.
    param([string] $Path, [string[]] $Shell)
    [System.IO.File]::WriteAllText($Path, (@('#!/bin/sh') + $Shell -join "`n") + "`n")
    & chmod +x $Path
    $Path
}

# A simulated device can do no harm here.
$loopback = '127.0.0.1'
$group = [System.Net.IPEndPoint]::new([ipaddress] '225.0.0.37', 12345)

function New-LabMac {
    # An address that no other test uses, so other traffic of the machine does not disturb.
    $bytes = [byte[]]::new(6)
    [System.Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($bytes)
    $bytes[0] = 2
    [PSLabNet.MacAddress]::new($bytes)
}

function Send-LabDatagram {
    # Sends any bytes to the group on loopback.
    param([byte[]] $Bytes, [string] $LocalAddress = '127.0.0.1')
    $client = [System.Net.Sockets.UdpClient]::new([System.Net.Sockets.AddressFamily]::InterNetwork)
    try {
        $client.Client.SetSocketOption('IP', 'MulticastInterface', ([ipaddress] $LocalAddress).GetAddressBytes())
        $null = $client.Send($Bytes, $Bytes.Length, $group)
    }
    finally {
        $client.Dispose()
    }
}

function ConvertTo-LabBytes {
    param([string] $Hex)
    [byte[]] @(for ($at = 0; $at -lt $Hex.Length; $at += 2) { [Convert]::ToByte($Hex.Substring($at, 2), 16) })
}

function Wait-Until {
    # Waits until the condition is true. The deadline is far longer than anything takes.
    param([scriptblock] $Condition, [string] $What, [int] $Seconds = 60)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { throw "Waited $Seconds s without success for: $What" }
        [System.Threading.Tasks.Task]::Delay(20).Wait()
    }
}

function Get-LabTour {
    # The command that starts LabTour as it was built last. Under Wine there is no dotnet, and the engine has a program for it.
    if ($env:PSLABNET_TEST_LABTOUR) { return $env:PSLABNET_TEST_LABTOUR }
    'dotnet'
    (Get-ChildItem (Join-Path $root 'samples/LabTour/bin/*/*/LabTour.dll') | Sort-Object LastWriteTime | Select-Object -Last 1).FullName
}

function Start-LabProcess {
    # Simulated devices in a separate process, in this namespace or in another one.
    param([int] $Count = 1, [string] $Interface, [string] $Namespace)
    $command = @(if ($Namespace) { 'ip', 'netns', 'exec', $Namespace }) + (Get-LabTour) + 'simulate' + $Count
    if ($Interface) { $command += $Interface }
    $start = [System.Diagnostics.ProcessStartInfo]::new($command[0])
    $start.Arguments = $command[1..($command.Count - 1)] -join ' '
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    do {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw "The simulator ended with exit code $($process.ExitCode)." }
    } until ($line -like '*simulated device(s)*')
    $process
}

function Stop-LabProcess {
    param([System.Diagnostics.Process] $Process)
    if ($Process) {
        $Process.Kill()
        $Process.WaitForExit()
        $Process.Dispose()
    }
}
