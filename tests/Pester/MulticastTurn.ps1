# Dot-sourced by Invoke-PesterSuite.ps1. The protocol of the controllers fixes port and group: what one test says, all
# others hear. So one file of such tests runs at a time, and none beside the tests of PSLabNet.Core.Tests that take the
# same lock file.

function Wait-MulticastTurn {
    # Takes the turn, if a file speaks in the group and has no network of its own; disposing of it ends the turn.
    param([string] $File)
    if ($env:PSLABNET_TEST_NAMESPACE -or -not (Get-Content $File -Raw).Contains('-IcePap')) { return }
    $path = Join-Path ([System.IO.Path]::GetTempPath()) 'PSLabNet-udp-12345.lock'
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    do {
        # Longer than others pause between two tries, so that they get their turn too.
        [System.Threading.Tasks.Task]::Delay(250).Wait()
        try { return [System.IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [System.IO.IOException] { $null = $_ }
        catch [System.UnauthorizedAccessException] { return }
    } while ($clock.Elapsed.TotalMinutes -lt 3)
}
