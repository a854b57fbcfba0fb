# Dot-sourced by Faults.Network.Tests.ps1 and Faults.Interface.Tests.ps1: controllers and a license server behind a faulty link, and cmdlets that
# run in parallel while the link has faults.

function Start-FaultLab {
    # The link and the devices and server behind it, in namespaces of their own. labLink leads to them.
    param([string] $Name, [int] $Devices)
    $program = Get-ChildItem (Join-Path $root 'tests/PSLabNet.Link/bin') -Recurse -Filter PSLabNet.Link.dll | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $program) { throw 'tests/PSLabNet.Link is not built: dotnet build tests/PSLabNet.Link' }
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', "$($program.FullName) lab $Name --devices $Devices")
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notlike 'ready *') { throw "The laboratory did not start: $line" }
    Write-Host "    link: $($line -replace '^ready \S+ \S+ ')"
    [pscustomobject] @{ Process = $process; Server = ($line -split ' ')[2] }
}

function Stop-FaultLab {
    param($Lab)
    if ($Lab) {
        # The process ends when its input ends, and removes its namespaces.
        $Lab.Process.StandardInput.Close()
        if (-not $Lab.Process.WaitForExit(30000)) { $Lab.Process.Kill() }
        $Lab.Process.Dispose()
    }
}

function Invoke-FaultLab {
    # Sends one line to the laboratory and returns its answer.
    param($Lab, [string] $Line)
    $Lab.Process.StandardInput.WriteLine($Line)
    $answer = $Lab.Process.StandardOutput.ReadLine()
    if ($null -eq $answer -or $answer -like 'error *') { throw "The laboratory answered '$answer' to '$Line'." }
    if ($answer[0] -in '{', '[') { ConvertFrom-Json $answer } else { $answer }
}

function Start-Beside {
    # Runs a script beside the test, as one statement. Several would hold a thread of the pool until they end.
    param([scriptblock] $Script, [object[]] $Arguments = @())
    $shell = [powershell]::Create()
    $null = $shell.AddScript('param($module, $script, $arguments) Import-Module $module; & ([scriptblock]::Create($script)) @arguments')
    $null = $shell.AddArgument("$root/PSLabNet.psd1").AddArgument($Script.ToString()).AddArgument($Arguments)
    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $output.EnumeratorNeverBlocks = $true
    $none = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $none.Complete()
    [pscustomobject] @{ Shell = $shell; Output = $output; Running = $shell.BeginInvoke($none, $output) }
}

function Complete-Beside {
    # Waits for its end. Output contains its output, and Errors its errors.
    param($Beside, [int] $Seconds = 120)
    try {
        if (-not $Beside.Running.AsyncWaitHandle.WaitOne($Seconds * 1000)) { $Beside.Shell.Stop(); throw "It did not end within $Seconds s." }
        $null = $Beside.Shell.EndInvoke($Beside.Running)
        [pscustomobject] @{ Output = @($Beside.Output); Errors = @($Beside.Shell.Streams.Error); Verbose = @($Beside.Shell.Streams.Verbose | ForEach-Object Message); Warnings = @($Beside.Shell.Streams.Warning | ForEach-Object Message) }
    }
    finally {
        $Beside.Shell.Dispose()
    }
}

function Stop-Beside {
    # Stops it like Ctrl-C, and returns its output until then.
    param($Beside)
    $Beside.Shell.Stop()
    $result = [pscustomobject] @{ Output = @($Beside.Output); Errors = @($Beside.Shell.Streams.Error); Verbose = @($Beside.Shell.Streams.Verbose | ForEach-Object Message) }
    $Beside.Shell.Dispose()
    $result
}

function Get-GroupSocketCount { @(Get-Content /proc/net/udp | Where-Object { $_ -match ':3039 ' }).Count }

function Get-ErrorName {
    # The error id without the command.
    param($Errors)
    @($Errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
}
