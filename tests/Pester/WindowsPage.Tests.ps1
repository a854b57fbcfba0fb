# Takes the job from docs/windows.md and runs it like a scheduled task, and holds the page's table of events against it.
BeforeDiscovery { $onWindows = $env:OS -eq 'Windows_NT' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $page = Get-Content (Join-Path $root 'docs/windows.md') -Raw
    $block = [regex]::Match($page, '(?ms)^```powershell\r?\n# (?<name>Write-LicenseEvent\.ps1)\r?\n(?<text>.*?)^```')
    $job = Join-Path $TestDrive $block.Groups['name'].Value
    Set-Content $job $block.Groups['text'].Value
    $modules = Join-Path $TestDrive 'modules'
    Copy-LabModule $modules
    $source = "PSLabNetTest$PID"
    $fine = Start-FlexLmSimulator -FeatureCount 1
    $dead = Start-FlexLmSimulator -Fault Refuse

    function Invoke-EventJob {
        param([string[]] $Server)
        $before = $env:PSModulePath
        $env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
        try {
            $said = Invoke-PowerShell -File $job -Source $source -Server ($Server -join ';') 2>&1
            [pscustomobject] @{ Code = $LASTEXITCODE; Text = "$said" }
        }
        finally { $env:PSModulePath = $before }
    }
}

AfterAll { Stop-FlexLmSimulator }

Describe 'The event job of docs/windows.md (Windows)' -Skip:(-not $onWindows) {
    It 'ends with 2 and says what to run while its source is not registered' {
        $run = Invoke-EventJob $dead.Server
        $run.Code | Should -Be 2
        $run.Text | Should -BeLike "*CreateEventSource('$source', 'Application')*"
    }

    Context 'with its source registered (an administrator)' {
        BeforeAll { [System.Diagnostics.EventLog]::CreateEventSource($source, 'Application') }

        AfterAll { [System.Diagnostics.EventLog]::DeleteEventSource($source) }

        It 'ends with 0 when all servers answer' {
            $run = Invoke-EventJob $fine.Server
            $run.Text | Should -BeNullOrEmpty
            $run.Code | Should -Be 0
        }

        It 'writes event 101 for a server that is down, and ends with 1' {
            $run = Invoke-EventJob $fine.Server, $dead.Server
            $run.Text | Should -BeLike "101 *$($dead.Server)*"
            $run.Code | Should -Be 1
        }
    }
}

Describe 'The table of events in docs/windows.md' {
    It 'has the numbers of the job' {
        $inTable = [regex]::Matches($page, '(?m)^\| (\d+) \|') | ForEach-Object { $_.Groups[1].Value }
        $inJob = [regex]::Matches($block.Value, '\b1\d\d\b') | ForEach-Object { $_.Value }
        $inTable | Sort-Object | Should -Be ($inJob | Sort-Object -Unique)
    }
}
