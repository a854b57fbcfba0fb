# Checks every script and data file of the repository with PSScriptAnalyzer, and for Windows PowerShell.
BeforeDiscovery {
    $top = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $scripts = @(Get-ChildItem $top -Recurse -Include *.ps1, *.psd1, *.psm1 -File |
            Where-Object FullName -notmatch '[\\/](obj|bin|out|TestResults)[\\/]' |
            ForEach-Object { @{ Path = $_.FullName; Name = $_.FullName.Substring($top.Length + 1).Replace('\', '/') } })
    $others = @($scripts | Where-Object { $_.Name -notlike 'tests/*' })
    $analyzer = [bool] (Get-Module -ListAvailable PSScriptAnalyzer)
    if (-not $analyzer) { Write-Warning 'PSScriptAnalyzer is not installed: scripts are not analyzed. Install-Module PSScriptAnalyzer installs it.' }
}

Describe 'Scripts' {
    It '<Name> gives no warning from PSScriptAnalyzer' -Skip:(-not $analyzer) -ForEach $scripts {
        $top = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
        $settings = Join-Path $top $(if ($Name -like 'tests/*') { 'tests/PSScriptAnalyzerSettings.psd1' } else { 'PSScriptAnalyzerSettings.psd1' })
        $found = Invoke-ScriptAnalyzer -Path $Path -Settings $settings | ForEach-Object { "$($_.Line): $($_.RuleName): $($_.Message)" }
        $found -join "`n" | Should -BeNullOrEmpty
    }

    It '<Name> is ASCII, so Windows PowerShell reads it without a byte order mark' -ForEach $others {
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
