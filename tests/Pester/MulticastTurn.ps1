# Dot-sourced by Invoke-PesterSuite.ps1. The protocol of the controllers sets the port and the group: all tests receive
# what one test sends. So one file of such tests runs at a time, and none beside the tests of PSLabNet.Core.Tests that use
# the same lock file.

function Wait-MulticastTurn {
    # Waits for the turn, if a file sends to the group and has no separate network; disposing of the result ends the turn.
    param([string] $File)
    if ($env:PSLABNET_TEST_NAMESPACE -or -not (Get-Content $File -Raw).Contains('-IcePap')) { return }
    $path = Join-Path ([System.IO.Path]::GetTempPath()) 'PSLabNet-udp-12345.lock'
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    do {
        # Longer than the pause of others between two attempts, so that they get their turn too.
        [System.Threading.Tasks.Task]::Delay(250).Wait()
        try { return [System.IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [System.IO.IOException] { $null = $_ }
        catch [System.UnauthorizedAccessException] { return }
    } while ($clock.Elapsed.TotalMinutes -lt 3)
}
