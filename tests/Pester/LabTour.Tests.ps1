# The README's first command, as a process: what it shows, what it returns, and the PowerShell that it opens.
BeforeDiscovery {
    $isolated = [bool] $env:PSLABNET_TEST_NAMESPACE
    $hasTerminal = $IsLinux -and (Get-Command script -CommandType Application -ErrorAction Ignore)
    if (-not $hasTerminal) { Write-Warning 'LabTour is not tried in a terminal: that takes Linux and script (apt-get install bsdutils).' }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')

    function Invoke-LabTour {
        # Runs it to its end, in another namespace if one is named, and returns its output and exit code.
        param([string] $Arguments, [string] $Typed, [string] $Namespace)
        $command = @(if ($Namespace) { 'ip', 'netns', 'exec', $Namespace }) + (Get-LabTour)
        $words = $command | Select-Object -Skip 1 | ForEach-Object { """$_""" }
        $start = [System.Diagnostics.ProcessStartInfo]::new($command[0], "$words $Arguments")
        $start.UseShellExecute = $false
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.EnvironmentVariables['NO_COLOR'] = '1'
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $output = $process.StandardOutput.ReadToEndAsync()
            $errors = $process.StandardError.ReadToEndAsync()
            $process.StandardInput.Write($Typed)
            $process.StandardInput.Close()
            if (-not $process.WaitForExit(120000)) { throw "LabTour $Arguments did not end within 120 s." }
            [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result; Errors = $errors.Result }
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }
}

Describe 'The arguments of LabTour' {
    It 'are shown, and the exit code is 2, for: <_>' -ForEach @(
        'nonsense', 'simulate 0', 'simulate -1', 'simulate +1', 'simulate 1.5', 'simulate two', 'simulate 60001', 'simulate 99999999999'
        'simulate 1 lo more', 'find 0', 'find -1', 'find NaN', 'find Infinity', 'find 1e30', 'find 1e-30', 'find soon', 'find 1 2', 'find ""', 'shell more'
    ) {
        $run = Invoke-LabTour $_
        $run.ExitCode | Should -Be 2
        $run.Output | Should -BeNullOrEmpty
        $run.Errors | Should -BeLike 'LabTour *simulate *'
        $run.Errors | Should -Not -BeLike '*   at *'
    }

    It 'are shown where they are asked for' {
        $run = Invoke-LabTour --help
        $run.ExitCode | Should -Be 0
        $run.Output | Should -BeLike 'LabTour *simulate *'
        $run.Errors | Should -BeNullOrEmpty
    }

    It 'name an interface that the machine has' {
        $run = Invoke-LabTour 'simulate 1 nosuch0'
        $run.ExitCode | Should -Be 2
        $run.Errors.Trim() | Should -Be 'There is no interface nosuch0 with an IPv4 address.'
    }
}

Describe 'The tour' {
    BeforeAll {
        $tour = Invoke-LabTour
        $report = [regex]::Match($tour.Output, "Export-FlexLmReport -Path '([^']+)'").Groups[1].Value
    }

    AfterAll {
        if ($report) { Remove-Item (Split-Path $report) -Recurse -ErrorAction Ignore }
    }

    It 'goes as it should' {
        $tour.Output | Should -BeLike '*Everything went as it should.*'
        $tour.ExitCode | Should -Be 0
    }

    It 'shows the command <_>' -ForEach @(
        'Start-IcePapSimulator -Count 3'
        'Find-IcePap -Interface 127.0.0.1'
        'Set-IcePapNetwork *-Hostname theta-stage * -WhatIf'
        'Set-IcePapNetwork *-Hostname theta-stage * -Confirm:$false'
        'Find-IcePap -MacAddress *'
        'Watch-IcePapTraffic *'
        'Set-IcePapNetwork *-Gateway 10.0.0.1 *'
        'Start-FlexLmSimulator -Vendor MLM *'
        'Get-FlexLmFeature -Server *@127.0.0.1'
        'Get-FlexLmCheckout -Server *@127.0.0.1 *'
        'Start-FlexLmSimulator * -Fault VendorDown'
        'Get-FlexLmStatus *@127.0.0.1, *@127.0.0.1'
        'Export-FlexLmReport -Path *report.html* -Server *'
    ) {
        @($tour.Output -split '\r?\n' -like "PS> $_") | Should -Not -BeNullOrEmpty
    }

    It 'shows <_>' -ForEach @(
        'Running * 0 * icepap-??????'
        'What if: Set network of * Hostname icepap-?????? -> theta-stage; IPAddress * -> 172.24.200.7. *'
        '172.24.200.7 * theta-stage * lo'
        '* UPDATE_CONFIG_ACK *'
        '*20 * 2 * 0 * 18 never * MLM_feature001 * *@127.0.0.1'
        '* 1 Checkout * MLM_feature001 user1@ws1'
        'Degraded * *@127.0.0.1 * demo (Down)*'
        '* report.html'
    ) {
        @(($tour.Output -split '\r?\n').TrimEnd() -like $_) | Should -Not -BeNullOrEmpty
    }

    It 'shows errors as PowerShell does' {
        $tour.Errors | Should -BeLike "Set-IcePapNetwork: These settings can't be sent to *"
        $tour.Errors | Should -BeLike '*Get-FlexLmFeature: * The desired vendor daemon is down.*(-97)*'
    }

    It 'writes no colors into a file' {
        $tour.Output | Should -Not -Match ([char] 27)
    }

    It 'writes the report that it names' {
        Get-Content $report -Raw | Should -BeLike '*MLM_feature001*'
    }

    It 'does not return 0 after Ctrl-C (Linux)' -Skip:(-not $IsLinux) {
        # A background job inherits that Ctrl-C is ignored; the tour must receive it.
        $start = [System.Diagnostics.ProcessStartInfo]::new('env', "--default-signal=INT $(Get-LabTour | ForEach-Object { '"{0}"' -f $_ })")
        $start.UseShellExecute = $false
        $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            do { $line = $process.StandardOutput.ReadLine() } until ($null -eq $line -or $line -like 'PS> Find-IcePap *')
            & kill -INT $process.Id
            $process.StandardOutput.ReadToEnd() | Should -Not -BeLike '*Everything went as it should.*'
            $process.WaitForExit()
            $process.ExitCode | Should -Be 130
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }

    It 'ends with exit code 1 and a sentence where something does not go as it should (in a network namespace of the test)' -Tag CI -Skip:(-not $isolated) {
        $nowhere = "$env:PSLABNET_TEST_NAMESPACE-down"
        & ip netns add $nowhere
        try {
            $run = Invoke-LabTour -Namespace $nowhere
            $run.ExitCode | Should -Be 1
            $run.Errors | Should -BeLike '*The tour stops: three devices were to start.*'
            $run.Output | Should -Not -BeLike '*Find-IcePap*'
        }
        finally {
            & ip netns delete $nowhere
        }
    }
}

Describe 'The shell of LabTour' {
    It 'answers what is piped in, and ends with it' {
        $shell = Invoke-LabTour shell -Typed "Find-IcePap -Interface 127.0.0.1`n`$server | Get-FlexLmStatus`n"
        $shell.Errors | Should -BeNullOrEmpty
        @($shell.Output -split '\r?\n' -match ' icepap-[0-9a-f]{6} +lo').Count | Should -BeGreaterOrEqual 3
        $shell.Output | Should -BeLike '*Up * *@127.0.0.1*'
        $shell.ExitCode | Should -Be 0
    }

    It 'finds devices on every interface (in a network namespace of the test)' -Tag CI -Skip:(-not $isolated) {
        (Invoke-LabTour shell -Typed "Find-IcePap`n").Output | Should -BeLike '*icepap-*'
    }

    It 'has three lines on what to type, each of which works' {
        $lines = @((Invoke-LabTour shell).Output -split '\r?\n' -match '^  \S').Trim()
        $lines.Count | Should -Be 3
        $shell = Invoke-LabTour shell -Typed ($lines -join "`n")
        $shell.Errors | Should -BeNullOrEmpty
        $shell.Output | Should -BeLike '*icepap-*'
        $shell.Output | Should -BeLike '*MLM_feature001 user1@*'
        $shell.Output | Should -BeLike '*NAME*Set-IcePapNetwork*Example 1:*'
    }

    It 'has the commands that PowerShell comes with' {
        $csv = Join-Path $TestDrive 'error.csv'
        $shell = Invoke-LabTour shell -Typed (@(
                'Get-FlexLmError -15 | Format-Table Code, Name'
                "Get-FlexLmError -15 | Export-Csv '$csv'; Get-ChildItem '$csv' | Out-String"
                '1..3 | Where-Object { $_ -gt 1 } | ForEach-Object { "item$_" } | ConvertTo-Json -Compress'
                'exit 7') -join "`n")
        $shell.Errors | Should -BeNullOrEmpty
        $shell.Output | Should -BeLike '*LM_CANTCONNECT*'
        $shell.Output | Should -BeLike '*error.csv*'
        $shell.Output | Should -BeLike '*`["item2","item3"`]*'
        $shell.ExitCode | Should -Be 7
    }

    It 'answers in a terminal (Linux, script: apt-get install bsdutils)' -Skip:(-not $hasTerminal) {
        $start = [System.Diagnostics.ProcessStartInfo]::new('script', "-q -e -c ""$(Get-LabTour | ForEach-Object { "'$_'" }) shell"" /dev/null")
        $start.UseShellExecute = $false
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $shown = [System.Text.StringBuilder]::new()
            $buffer = [char[]]::new(4096)
            $typed = [System.Collections.Generic.Queue[string]] @('Find-IcePap -Interface 127.0.0.1', 'exit 5')
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            while ($true) {
                $reading = $process.StandardOutput.ReadAsync($buffer, 0, $buffer.Length)
                if (-not $reading.Wait([timespan]::FromSeconds(120) - $clock.Elapsed)) { throw "It did not end within 120 s; it showed: $shown" }
                if ($reading.Result -eq 0) { break }
                $text = [string]::new($buffer, 0, $reading.Result)
                $null = $shown.Append($text)

                # .NET requests the cursor position from a terminal, and waits for the response.
                foreach ($query in [regex]::Matches($text, '\x1b\[6n')) { $process.StandardInput.Write("$([char] 27)[1;1R") }
                if ($text -match 'PS [^>]*> ' -and $typed.Count -gt 0) { $process.StandardInput.Write("$($typed.Dequeue())`r") }
                $process.StandardInput.Flush()
            }

            $process.WaitForExit()
            "$shown" | Should -BeLike '*icepap-*'
            $process.ExitCode | Should -Be 5
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }
}
