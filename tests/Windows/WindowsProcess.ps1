# Dot-sourced by Invoke-WindowsSuite.ps1, which sets $onWindows and $powerShell: how a Windows PowerShell is started here.
$engine = Join-Path $PSScriptRoot 'engine.sh'

function Get-MissingForWindows {
    # What is missing for a Windows program to run here; nothing if it runs. Prepares the engine.
    if ($onWindows) { return }
    $said = & $engine --prefix 1 2>&1
    if ($LASTEXITCODE -ne 0) { "$said" }
}

function ConvertTo-WindowsPath {
    # A path as a Windows program sees it. Under Wine, drive Z: is the root folder.
    param([string] $Path)
    if ($onWindows) { $Path } else { 'Z:' + $Path.Replace('/', '\') }
}

function Get-WindowsCommand {
    # The words that start a program of the suite: PowerShell, or the tests of the core. A machine is a Wine prefix, and runs
    # one program at a time.
    param([ValidateSet('pwsh', 'core-tests')] [string] $Program, [int] $Machine)
    if (-not $onWindows) { $engine, '--prefix', $Machine, $Program }
    elseif ($Program -eq 'pwsh') { $powerShell }
    else { 'dotnet', (Join-Path $root 'tests/PSLabNet.Core.Tests/bin/Debug/net10.0/PSLabNet.Core.Tests.dll') }
}

function Start-WindowsProcess {
    # Starts a command, which writes to a file; what it writes to its error stream goes to a file beside that.
    param([string[]] $Command, [string] $Log)
    $words = @($Command | Select-Object -Skip 1 | ForEach-Object { if ($_.Contains(' ')) { """$_""" } else { $_ } })
    $process = Start-Process $Command[0] $words -PassThru -RedirectStandardOutput $Log -RedirectStandardError "$Log.err"
    # Without its handle, Windows PowerShell does not know its exit code later.
    $null = $process.Handle
    $process
}

function Stop-WindowsProcess {
    # Ends it with all that it started. Under Wine that is its namespace, which ends with it.
    param([System.Diagnostics.Process] $Process)
    if ($Process.HasExited) { return }
    if ($onWindows) { $null = & taskkill.exe /T /F /PID $Process.Id 2>&1 }
    else { $Process.Kill() }
    $null = $Process.WaitForExit(10000)
}
