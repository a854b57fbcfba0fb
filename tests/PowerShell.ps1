# Dot-sourced: how the PowerShell that runs this script is started once more. The path of its process alone does not tell: a
# PowerShell that is a .NET tool runs in a process of dotnet.
$powerShell = @(
    $settings = Join-Path $PSHOME 'pwsh.runtimeconfig.json'
    $runs = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    if ($PSVersionTable.PSVersion.Major -lt 6) { Join-Path $PSHOME 'powershell.exe' }
    elseif ((Split-Path $runs) -eq $PSHOME) { $runs }
    elseif ((Test-Path $settings) -and -not (Get-Content $settings -Raw).Contains('"includedFrameworks"')) {
        # It brings no runtime, as the tool does not: dotnet runs it.
        (Get-Command dotnet -CommandType Application | Select-Object -First 1).Source
        Join-Path $PSHOME 'pwsh.dll'
    }
    else { Join-Path $PSHOME $(if ($IsWindows) { 'pwsh.exe' } else { 'pwsh' }) }
)

function Invoke-PowerShell {
    # Runs it, and writes what it writes; $LASTEXITCODE is its exit code.
    $program, $first = $powerShell
    $first = @($first | Where-Object { $_ })
    & $program @first -NoProfile -NonInteractive @args
}
