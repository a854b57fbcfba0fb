# Checks every script and data file of the repository with PSScriptAnalyzer, and for Windows PowerShell.
BeforeDiscovery {
    $top = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    # Not into out: where the tests run under Wine, its folder has links to the whole of the other system.
    $scripts = @(Get-ChildItem $top -Exclude out, .git | Get-ChildItem -Recurse -Include *.ps1, *.psd1, *.psm1 -File |
            Where-Object FullName -notmatch '[\\/](obj|bin|TestResults)[\\/]' |
            ForEach-Object { @{ Path = $_.FullName; Name = $_.FullName.Substring($top.Length + 1).Replace('\', '/') } })
    $others = @($scripts | Where-Object { $_.Name -notlike 'tests/*' })
    $analyzer = [bool] (Get-Module -ListAvailable PSScriptAnalyzer)
    $analyzed = if ($analyzer) { $scripts } else { @{ Name = 'each' } }
}

Describe 'Scripts as PSScriptAnalyzer sees them (PSScriptAnalyzer in a folder that PSLABNET_TEST_MODULES names)' -Skip:(-not $analyzer) {
    It '<Name> has nothing that it warns of' -ForEach $analyzed {
        $top = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
        $settings = Join-Path $top $(if ($Name -like 'tests/*') { 'tests/PSScriptAnalyzerSettings.psd1' } else { 'PSScriptAnalyzerSettings.psd1' })
        $found = Invoke-ScriptAnalyzer -Path $Path -Settings $settings | ForEach-Object { "$($_.Line): $($_.RuleName): $($_.Message)" }
        $found -join "`n" | Should -BeNullOrEmpty
    }
}

Describe 'Scripts' {
    It '<Name> is ASCII, which Windows PowerShell reads without a byte order mark' -ForEach $others {
        [System.IO.File]::ReadAllBytes($Path) | Where-Object { $_ -gt 127 } | Should -BeNullOrEmpty
    }
}

Describe 'Every setting of the analyzer' {
    It 'that excludes a rule gives the reason' -ForEach @('PSScriptAnalyzerSettings.psd1', 'tests/PSScriptAnalyzerSettings.psd1') {
        $lines = Get-Content (Join-Path $PSScriptRoot "../../$_")
        for ($at = 0; $at -lt $lines.Count; $at++) {
            if ($lines[$at] -match "^\s+'PS\w+'") { $lines[$at - 1] | Should -Match '^\s+# ' }
        }
    }
}
