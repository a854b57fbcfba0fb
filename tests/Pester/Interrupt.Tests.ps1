# Ctrl-C as a key, pressed in a terminal that the test creates, in a separate shell.
BeforeDiscovery {
    $hasTerminal = $IsLinux -and (Get-Command script -CommandType Application -ErrorAction Ignore)
    if (-not $hasTerminal) { Write-Warning 'Ctrl-C is not tested: that needs Linux and the program script (apt-get install bsdutils).' }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $silent = Start-FlexLmSimulator -Fault Silent -FaultTarget Manager

    function Invoke-Interrupted {
        # Runs a command in a new terminal, presses Ctrl-C when a text appears, and returns everything that was shown.
        param([string] $Command, [string] $After)
        $file = Join-Path $TestDrive 'command.ps1'
        Set-Content $file "Import-Module '$root/PSLabNet.psd1'; `$ProgressPreference = 'SilentlyContinue'`n$Command`n'not interrupted'"
        # A background job inherits that Ctrl-C is ignored; this PowerShell must receive it.
        $words = ('env', '--default-signal=INT' + $powerShell + '-NoProfile', '-File', $file | ForEach-Object { "'$_'" }) -join ' '
        $start = [System.Diagnostics.ProcessStartInfo]::new('script', [string[]] ('-q', '-e', '-c', $words, '/dev/null'))
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $start.UseShellExecute = $false
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $shown = [System.Text.StringBuilder]::new()
            $buffer = [char[]]::new(4096)
            $pressed = $false
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            while ($true) {
                $reading = $process.StandardOutput.ReadAsync($buffer, 0, $buffer.Length)
                if (-not $reading.Wait([timespan]::FromSeconds(120) - $clock.Elapsed)) { throw "It did not end within 120 s; it showed: $shown" }
                if ($reading.Result -eq 0) { break }
                $null = $shown.Append($buffer, 0, $reading.Result)
                if (-not $pressed -and "$shown".Contains($After)) {
                    $pressed = $true
                    $process.StandardInput.Write([char] 3)
                    $process.StandardInput.Flush()
                }
            }

            if (-not $pressed) { throw "It did not show '$After', but: $shown" }
            "$shown"
        }
        finally {
            if (-not $process.HasExited) { $process.Kill($true) }
            $process.Dispose()
        }
    }
}

AfterAll { Stop-FlexLmSimulator }

Describe 'Ctrl-C (Linux, script: apt-get install bsdutils)' -Skip:(-not $hasTerminal) {
    # Each would take ten minutes or more.
    It 'ends <Command>' -ForEach @(
        @{ Command = 'Find-IcePap -Interface 127.0.0.1 -TimeoutSeconds 600 -Verbose'; After = 'Listening' }
        @{ Command = 'Watch-IcePapTraffic -Interface 127.0.0.1 -Verbose'; After = 'Listening' }
        @{ Command = 'Get-FlexLmStatus SERVER -TimeoutSeconds 600 -Verbose'; After = 'Connected' }
        @{ Command = 'Get-FlexLmFeature -Server SERVER -TimeoutSeconds 600 -Verbose'; After = 'Connected' }
        @{ Command = 'Watch-FlexLmCheckout -Server SERVER -TimeoutSeconds 600 -Verbose'; After = 'Connected' }
    ) {
        $shown = Invoke-Interrupted $Command.Replace('SERVER', $silent.Server) $After
        $shown | Should -Not -BeLike '*not interrupted*'
        $shown | Should -Not -BeLike '*Exception*'
    }

    It 'leaves the old file in place when it interrupts an export' {
        $file = Join-Path $TestDrive 'old.prom'
        Set-Content $file 'old'
        $null = Invoke-Interrupted "Export-FlexLmMetric '$file' -Server $($silent.Server) -TimeoutSeconds 600 -Verbose" 'Connected'
        Get-Content $file | Should -Be 'old'
        Get-ChildItem $TestDrive -Filter 'old*' | Should -HaveCount 1
    }
}
