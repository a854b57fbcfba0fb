# The examples of the pages run, and show what the pages say.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'HelpPages.ps1')
    Import-Module (Join-Path $helpRoot 'PSLabNet.psd1')
    # The examples of docs/scale-out.md and docs/scheduled-tasks.md have separate tests.
    $paths = @((Get-ChildItem $helpPages -Filter *.md).FullName) + ('docs/errors.md', 'docs/hostile-text.md', 'README.md' | ForEach-Object { Join-Path $helpRoot $_ })
    $inNamespace = [bool] $env:PSLABNET_TEST_NAMESPACE
    $run = @($paths | ForEach-Object {
            $examples = @(Get-PageExample $_ | ForEach-Object { $_ + @{ Skip = -not $inNamespace -and (Test-SendsEverywhere $_.Code) } })
            @{ Page = [System.IO.Path]::GetFileNameWithoutExtension($_); Path = $_; Examples = $examples }
        } | Where-Object { $_.Examples })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'HelpPages.ps1')

    function Get-PlainLine {
        # Lines without anything that depends on the widths of columns.
        param([string] $Text)
        $Text -split '\r?\n' | ForEach-Object { ($_ -replace '-{2,}', ' ' -replace '\s+', ' ').Trim() } | Where-Object { $_ }
    }
}

AfterAll {
    Stop-FlexLmSimulator
    Stop-IcePapSimulator
}

Describe 'The examples of <Page>' -Tag CI -ForEach $run {
    BeforeAll {
        $file = Join-Path $TestDrive "$Page.xml"
        $said = Invoke-PowerShell -File (Join-Path $PSScriptRoot 'Invoke-HelpExample.ps1') -Page $Path -Result $file 2>&1
        $results = if (Test-Path $file) { @(Import-Clixml $file) } else { throw "The examples did not run: $said" }
    }

    It '<Number> <Title>' -ForEach $Examples {
        if ($Skip) {
            Set-ItResult -Skipped -Because 'it sends on every interface, which is allowed only in a network namespace'
            return
        }

        $result = $results | Where-Object Number -EQ $Number
        $result | Should -Not -BeNullOrEmpty
        $result.Errors | Should -BeNullOrEmpty
        # The output of the code contains the lines that the page shows. Widths of columns may differ.
        $lines = @(Get-PlainLine $result.Output)
        $missing = @(Get-PlainLine $Output | Where-Object { $_ -notin $lines })
        $missing | Should -BeNullOrEmpty -Because "the code wrote:`n$($result.Output)"
    }
}

Describe 'What README.md shows of a terminal' {
    It 'has the columns that the views have' {
        $text = Get-PageText (Join-Path $helpRoot 'README.md')
        $headers = @([regex]::Matches($text, '(?m)^([A-Z]\w+ .*)\n-[- ]+$') | ForEach-Object { ($_.Groups[1].Value -replace '\s+', ' ').Trim() })
        $headers.Count | Should -Be 3
        $server = Start-FlexLmSimulator -CheckoutCount 1
        $null = Start-IcePapSimulator -Count 1
        try {
            $shown = @(Find-IcePap -Interface 127.0.0.1 | Out-String -Width 200) + (Get-FlexLmFeature -Server $server.Server | Out-String -Width 200) +
                (Get-FlexLmCheckout -Server $server.Server | Out-String -Width 200)
        }
        finally {
            $server | Stop-FlexLmSimulator
            Stop-IcePapSimulator
        }

        $lines = $shown -split '\r?\n' | ForEach-Object { ($_ -replace '\s+', ' ').Trim() }
        $headers | Where-Object { $_ -notin $lines } | Should -BeNullOrEmpty -Because "the views are:`n$shown"
    }
}
