# Dot-sourced by the fault tests: license servers on raw sockets with faults that no simulator has, and functions that
# count what the cmdlets leave on this host.
if (-not ('PSLabNet.Faults.FaultyServer' -as [type])) { Add-Type -Path (Join-Path $PSScriptRoot 'Faulty/FaultyServer.cs') }

function Start-FaultyServer {
    # A server with the given fault. It can be placed in front of a simulator's lmgrd or any port, and fail after some correct answers.
    param([string] $Fault, $Behind, [int] $Answers, [string] $Address = '127.0.0.1', [int] $Port)
    $target = if ($Behind -is [int]) { [System.Net.IPEndPoint]::new([ipaddress]::Loopback, $Behind) } elseif ($Behind) { [System.Net.IPEndPoint]::new([ipaddress]::Loopback, $Behind.Port) }
    [PSLabNet.Faults.FaultyServer]::new($Fault, [System.Net.IPEndPoint]::new([ipaddress] $Address, $Port), $target, $Answers)
}

function Get-OpenClientCount {
    # Counts connections to a port of this namespace that the connecting program still has open. Closed connections that
    # only wait for the other side no longer belong to a file (inode 0).
    param([int] $Port)
    if (-not (Test-Path /proc/self/net/tcp)) { return 0 }
    $suffix = ':{0:X4}' -f $Port
    @([System.IO.File]::ReadAllLines('/proc/self/net/tcp') | ForEach-Object { , ($_.Trim() -split '\s+') } |
            Where-Object { $_[2].EndsWith($suffix) -and $_[9] -ne '0' }).Count
}

function Watch-Beside {
    # Runs Watch-FlexLmCheckout beside the test, does something after its first poll, and waits for its end.
    param([hashtable] $Watch, [scriptblock] $Do)
    if (-not $Watch.IntervalSeconds) { $Watch.IntervalSeconds = 0.05 }
    $shell = [powershell]::Create()
    try {
        $null = $shell.AddScript('param($module, $with) Import-Module $module; Watch-FlexLmCheckout @with -Verbose -WarningAction SilentlyContinue').AddArgument("$root/PSLabNet.psd1").AddArgument($Watch)
        $none = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $none.Complete()
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke($none, $output)
        while (-not ($shell.Streams.Verbose -match 'Look 1 ') -and -not $running.IsCompleted) { $null = $running.AsyncWaitHandle.WaitOne(10) }
        if ($Do) { & $Do }
        if (-not $running.AsyncWaitHandle.WaitOne(120000)) {
            $shell.Stop()
            throw "The watch did not end; it wrote $($output.Count) event(s)."
        }

        $shell.Streams.Error | Should -BeNullOrEmpty
        $output
    }
    finally {
        $shell.Dispose()
    }
}

function Get-OwnSocketCount {
    # Counts the sockets of this process, if the system lists them.
    if (-not (Test-Path /proc/self/fd)) { return 0 }
    @([System.IO.Directory]::EnumerateFileSystemEntries('/proc/self/fd') | Where-Object { [System.IO.FileInfo]::new($_).LinkTarget -like 'socket:*' }).Count
}

function Start-ServerPark {
    # Simulated servers in a separate process: some that are up, some where nothing listens, some that are silent.
    param([int] $Up, [int] $Refuse, [int] $Silent)
    $script = "
        Import-Module '$root/PSLabNet.psd1'
        'up ' + @(foreach (`$n in 1..$Up) { (Start-FlexLmSimulator -FeatureCount 1 -CheckoutCount 1).Server })
        'down ' + @(foreach (`$n in 1..$Refuse) { (Start-FlexLmSimulator -Fault Refuse).Server }) + ' ' + @(foreach (`$n in 1..$Silent) { (Start-FlexLmSimulator -Fault Silent).Server })
        `$null = [Console]::In.ReadToEnd()"
    $command = $powerShell + '-NoProfile', '-NonInteractive', '-EncodedCommand', [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($script))
    $start = [System.Diagnostics.ProcessStartInfo]::new($command[0], [string[]] $command[1..($command.Count - 1)])
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $lists = @{}
    foreach ($n in 1, 2) {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw 'The simulators did not start.' }
        $lists[($line -split ' ')[0]] = @($line -split ' ' | Select-Object -Skip 1)
    }

    [pscustomobject] @{ Process = $process; Up = $lists.up; Down = $lists.down; Servers = $lists.down + $lists.up }
}

function Stop-ServerPark {
    # The process ends when its input ends.
    param($Park)
    if ($Park) {
        $Park.Process.StandardInput.Close()
        $Park.Process.WaitForExit()
        $Park.Process.Dispose()
    }
}
