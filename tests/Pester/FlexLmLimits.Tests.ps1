BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
}

Describe 'A feature that its vendor daemon does not tell about' {
    BeforeAll {
        # Without a signature there is nothing to ask the vendor daemon with.
        $server = Start-FlexLmSimulator -LicenseText "VENDOR MLM`nINCREMENT MATLAB MLM 1.0 permanent 5 SIGN=A1`nINCREMENT SIMULINK MLM 1.0 permanent 5`n"
        $warning = "$($server.Server), MLM: the use of 1 of its features is not known: SIMULINK. *"
    }

    AfterAll { Stop-FlexLmSimulator }

    It 'is an object with an error, and one warning' {
        $features = Get-FlexLmFeature -Server $server.Server -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike $warning
        $feature = $features | Where-Object Name -EQ SIMULINK
        $feature.Error | Should -Not -BeNullOrEmpty
        $feature.IsComplete | Should -BeFalse
        ($features | Where-Object Name -EQ MATLAB).IsComplete | Should -BeTrue
    }

    It 'is a warning of Get-FlexLmCheckout, of a server and of features that are piped in' {
        $null = Get-FlexLmCheckout -Server $server.Server -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike $warning
        $features = Get-FlexLmFeature -Server $server.Server -WarningAction SilentlyContinue
        $null = $features | Get-FlexLmCheckout -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike 'The checkouts of SIMULINK are not known*'
        $null = $features | Where-Object Name -EQ MATLAB | Get-FlexLmCheckout -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }

    It 'is a scrape error in the metrics' {
        $file = Join-Path $TestDrive 'one.prom'
        Export-FlexLmMetric $file -Server $server.Server -WarningAction SilentlyContinue
        Get-Content $file | Should -Contain "flexlm_scrape_error{collector=`"lmstat`",name=`"$($server.Server)`"} 1"
    }

    It 'is one event of Watch-FlexLmCheckout, whichever users are watched' {
        $events = @(Watch-FlexLmCheckout -Server $server.Server -User nobody -IntervalSeconds 0.1 -DurationSeconds 0.5 -WarningVariable warnings -WarningAction SilentlyContinue)
        $events | Should -HaveCount 1
        $warnings | Should -HaveCount 1 -Because 'no warning is repeated at each query'
        $events[0].Kind | Should -Be 'FeatureFailed'
        $events[0].Feature | Should -Be 'SIMULINK'
        $events[0].Error | Should -Not -BeNullOrEmpty
    }
}

Describe 'License text over the limit' {
    AfterAll { Stop-FlexLmSimulator }

    It '<_> warns of what it leaves out, and takes all of it with a higher -MaxTextSize' -ForEach 'Get-FlexLmFeature', 'Get-FlexLmLicense', 'Get-FlexLmStatus' {
        $server = Start-FlexLmSimulator -Fault LongLicense
        $part = @(& $_ -Server $server.Server -MaxTextSize 8KB -WarningVariable warnings -WarningAction SilentlyContinue)
        "$warnings" | Should -BeLike '*The license file is longer than 8192 bytes; the rest is left out. -MaxTextSize raises the limit.*'
        $whole = @(& $_ -Server $server.Server -MaxTextSize 64MB -WarningVariable warnings -WarningAction SilentlyContinue)
        "$warnings" | Should -Not -BeLike '*longer than*'
        $whole.Count | Should -BeGreaterOrEqual $part.Count
    }
}

Describe 'A license file without end' {
    It 'is read until the pipeline is stopped (Linux)' -Skip:(-not $IsLinux) {
        $pipe = Join-Path $TestDrive 'endless.lic'
        mkfifo $pipe
        $writer = [System.Diagnostics.Process]::Start('sh', [string[]] ('-c', "exec yes '# a comment' > '$pipe'"))
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; Get-FlexLmLicense -Path '$pipe'")
        try {
            $null = $shell.BeginInvoke()
            # A pipe is opened when both ends are there, and what is written then is being read.
            Wait-Until { $writer.Refresh(); $writer.TotalProcessorTime -gt 0 } 'the file is read'
            $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(60000) | Should -BeTrue
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $writer.Kill()
            $shell.Dispose()
        }
    }
}
