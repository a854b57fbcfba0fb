<#
.SYNOPSIS
    Shows how many changes of the wire protocols' code the tests notice.
.DESCRIPTION
    Stryker changes an operator, a condition or a constant at a time and runs the tests that reach it. A change that no test
    notices has survived: read it, and write the test that is missing, or see that it changes nothing (x >> 8 of an unsigned
    number is x >>> 8). The reports are in out/mutation, and docs/reliability.md has the scores. Takes about two hours, and
    should have the machine for itself: a test that takes too long counts as a noticed change.
.EXAMPLE
    dotnet pwsh tests/Measure-Mutation.ps1 -Part Wire
.OUTPUTS
    An object for each file, and the changes that survived, with -Verbose.
#>
[CmdletBinding()]
param(
    [ValidateSet('Protocol', 'Settings', 'Discovery', 'Wire', 'LicenseFiles')]
    [string[]] $Part = ('Protocol', 'Settings', 'Discovery', 'Wire', 'LicenseFiles')
)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$out = Join-Path $root 'out/mutation'
$tool = Join-Path $out 'tool'
if (-not (Test-Path $tool)) {
    $said = & dotnet tool install dotnet-stryker --version 5.1.0 --tool-path $tool 2>&1
    if ($LASTEXITCODE -ne 0) { throw "Stryker is not installed: $said" }
}

# What is changed, the tests that run then, and those of them that are left out because each change would wait for them.
$withoutSockets = 'IcePap.Comparison', 'IcePap.Protocol', 'IcePap.Settings'
$parts = @{
    Protocol     = @{ Sources = 'IcePap/Protocol/*.cs', 'Bytes/*.cs'; Tests = $withoutSockets + 'Checksums', 'Net', 'Wire'; Without = , 'IcePapUpdateTests' }
    Settings     = @{ Sources = 'IcePap/Settings/*.cs', 'IcePap/Comparison/*.cs'; Tests = $withoutSockets; Without = , 'IcePapUpdateTests' }
    Discovery    = @{
        Sources = 'IcePap/Discovery/*.cs', 'IcePap/Transport/*.cs'
        Tests   = 'IcePap.Discovery', 'IcePap.Transport', 'IcePap.Settings.IcePapUpdateTests'
        Without = 'Listening_to_a_network_that_never_falls_quiet_ends_with_a_warning', 'Something_new_restarts_the_window_and_its_repetitions'
    }
    Wire         = @{ Sources = , 'FlexLm/Wire/*.cs'; Tests = 'FlexLm.Wire', 'Checksums'; Without = @() }
    LicenseFiles = @{ Sources = , 'FlexLm/LicenseFiles/*.cs'; Tests = , 'FlexLm.LicenseFiles'; Without = @() }
}
foreach ($name in $Part) {
    $settings = @{
        'stryker-config' = @{
            project             = 'PSLabNet.Core.csproj'
            mutate              = $parts[$name].Sources
            'mutation-level'    = 'Basic'
            'test-runner'       = 'vstest'
            'test-case-filter'  = "($(($parts[$name].Tests | ForEach-Object { "FullyQualifiedName~PSLabNet.Tests.$_." }) -join '|'))" +
                (-join ($parts[$name].Without | ForEach-Object { "&FullyQualifiedName!~$_" }))
            'coverage-analysis' = 'perTest'
            # In milliseconds, beside half again of what the tests took: a slow machine is no noticed change.
            'additional-timeout' = 8000
            reporters           = 'json', 'dots'
        }
    }
    $file = Join-Path $out "$name.json"
    $settings | ConvertTo-Json -Depth 4 | Set-Content -LiteralPath $file
    $report = Join-Path $out $name
    Push-Location (Join-Path $PSScriptRoot 'PSLabNet.Mutation')
    try {
        & (Join-Path $tool 'dotnet-stryker') --config-file $file --output $report 2>&1 | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "Stryker ended with $LASTEXITCODE." }
    }
    finally {
        Pop-Location
    }

    $files = (Get-Content -LiteralPath (Join-Path $report 'reports/mutation-report.json') -Raw | ConvertFrom-Json -AsHashtable).files
    foreach ($path in $files.Keys | Sort-Object) {
        $lines = $files[$path].source -split "`n"
        $tried = @($files[$path].mutants | Where-Object status -In Killed, Timeout, Survived, NoCoverage)
        if (-not $tried) { continue }
        foreach ($mutant in $tried | Where-Object status -In Survived, NoCoverage) {
            $line = $mutant.location.start.line
            Write-Verbose "$(Split-Path $path -Leaf):$line $($mutant.status): $($lines[$line - 1].Trim()) -> $($mutant.replacement)"
        }

        $noticed = @($tried | Where-Object status -In Killed, Timeout).Count
        [pscustomobject] @{
            Part       = $name
            File       = Split-Path $path -Leaf
            Changes    = $tried.Count
            Noticed    = $noticed
            Survived   = @($tried | Where-Object status -EQ Survived).Count
            NotReached = @($tried | Where-Object status -EQ NoCoverage).Count
            Score      = [math]::Round(100 * $noticed / $tried.Count)
        }
    }
}
