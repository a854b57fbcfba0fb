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

function Start-WindowsPowerShell {
    # Starts PowerShell for Windows. A machine is a Wine prefix, and runs one program at a time.
    param([string[]] $Arguments, [int] $Machine)
    $program, $first = if ($onWindows) { $powerShell + $Arguments } else { @($engine, '--prefix', $Machine, 'pwsh') + $Arguments }
    $start = [System.Diagnostics.ProcessStartInfo]::new()
    $start.FileName = $program
    $start.Arguments = ($first | ForEach-Object { if ("$_".Contains(' ')) { """$_""" } else { $_ } }) -join ' '
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    [pscustomobject] @{
        Process = $process
        Output  = $process.StandardOutput.ReadToEndAsync()
        Errors  = $process.StandardError.ReadToEndAsync()
    }
}

function Stop-WindowsProcess {
    # Ends it with all that it started. Under Wine that is its namespace, which ends with it.
    param([System.Diagnostics.Process] $Process)
    if ($Process.HasExited) { return }
    if ($onWindows) { $null = & taskkill.exe /T /F /PID $Process.Id 2>&1 }
    else { $Process.Kill() }
    $null = $Process.WaitForExit(10000)
}
