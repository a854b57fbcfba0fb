# Dot-sourced by the tests: what Windows programs cannot do under Wine, where tests/Windows runs them on Linux.

function Test-Wine {
    # Whether this PowerShell runs under Wine, whose own settings are in the registry.
    $env:OS -eq 'Windows_NT' -and (Test-Path Registry::HKEY_CURRENT_USER\Software\Wine)
}

function Get-WineReason {
    # The reason to leave a test out for a defect of Wine; nothing where there is no Wine.
    param([string] $Defect)
    if (Test-Wine) { "of Wine: $Defect" }
}

function Skip-OnWine {
    # Leaves out the test that calls it, for a defect of Wine.
    param([string] $Defect)
    $reason = Get-WineReason $Defect
    if ($reason) { Set-ItResult -Skipped -Because $reason }
}
