BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')

    # The progress and the output of a script.
    function Get-LabProgress {
        param([string] $Script, [string] $Preference = 'Continue')
        $shell = [powershell]::Create().AddScript("`$ProgressPreference = '$Preference'; Import-Module '$root/PSLabNet.psd1'; $Script")
        try {
            $output = $shell.Invoke()
            if ($shell.HadErrors -and $shell.Streams.Error.Count -gt 0 -and $shell.Streams.Error[0].FullyQualifiedErrorId -notlike 'PSLabNet.*') { throw $shell.Streams.Error[0] }

            # With an autoloading path, Import-Module may show its own progress.
            $records = @($shell.Streams.Progress | Where-Object Activity -Like '*-*' | Where-Object Activity -In (Get-Command -Module PSLabNet).Name)
            @{ Output = @($output); Records = $records }
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Progress' {
    It 'of <Script> is shown with a time estimate, and removed at the end' -ForEach @(
        @{ Script = 'Find-IcePap -Interface 127.0.0.1 -TimeoutSeconds 2.5'; Status = '*device(s) answered' }
        @{ Script = 'Watch-IcePapTraffic -Interface 127.0.0.1 -DurationSeconds 2.5'; Status = '* datagrams shown' }
    ) {
        $seen = (Get-LabProgress $Script).Records
        $bars = @($seen | Where-Object RecordType -EQ Processing)
        $bars.Count | Should -BeGreaterThan 1
        $bars.Activity | Select-Object -Unique | Should -Be (-split $Script)[0]
        $bars.StatusDescription | ForEach-Object { $_ | Should -BeLike $Status }
        $bars.SecondsRemaining | ForEach-Object { $_ | Should -BeIn 0, 1, 2 }
        $bars.PercentComplete | ForEach-Object { $_ | Should -BeGreaterThan 10; $_ | Should -BeLessOrEqual 100 }
        $bars[-1].PercentComplete | Should -BeGreaterThan $bars[0].PercentComplete
        $seen[-1].RecordType | Should -Be Completed
    }

    It 'of a query counts the servers that are done' {
        $slow = Start-FlexLmSimulator -Fault Silent -FaultTarget Manager
        $fast = Start-FlexLmSimulator
        try {
            $seen = (Get-LabProgress "Get-FlexLmStatus $($slow.Server), $($fast.Server) -TimeoutSeconds 6").Records
            $bars = @($seen | Where-Object StatusDescription -EQ '1 of 2 license servers')
            $bars.Count | Should -BeGreaterThan 0
            $bars[0].PercentComplete | Should -Be 50
            $bars[0].SecondsRemaining | Should -BeGreaterThan 0
            $seen[-1].RecordType | Should -Be Completed
        }
        finally {
            $slow, $fast | Stop-FlexLmSimulator
        }
    }

    It 'of a reboot shows how many devices are away' {
        $device = Start-IcePapSimulator -RebootSeconds 3
        try {
            $seen = (Get-LabProgress "Set-IcePapNetwork $($device.MacAddress) -Hostname again -Apply Reboot, Flash -Wait -Interface 127.0.0.1 -Confirm:`$false").Records
            $bars = @($seen | Where-Object StatusDescription -EQ 'Waiting for 1 device(s) to come back after the reboot')
            $bars.Count | Should -BeGreaterThan 0
            $bars.SecondsRemaining | ForEach-Object { $_ | Should -BeGreaterThan 60; $_ | Should -BeLessOrEqual 90 }
            $seen[-1].RecordType | Should -Be Completed
        }
        finally {
            $device | Stop-IcePapSimulator
        }
    }

    It 'of a file shows how far it was read' {
        $log = Join-Path $TestDrive 'long.log'
        $line = "10:00:00 (MLM) OUT: `"MATLAB`" alice@ws1`n10:00:01 (MLM) IN: `"MATLAB`" alice@ws1`n"
        [System.IO.File]::WriteAllText($log, "9:00:00 (MLM) TIMESTAMP 11/2/2026`n" + ($line * 300000))

        # The consumer of the events is slow, so the whole takes more than a second on any machine.
        $seen = (Get-LabProgress "Import-FlexLmLog '$log' -Kind Out | ForEach-Object { if (++`$count -eq 100000) { Start-Sleep -Milliseconds 1200 } }").Records
        $bars = @($seen | Where-Object RecordType -EQ Processing)
        $bars.Count | Should -BeGreaterThan 0
        $bars[0].StatusDescription | Should -Be 'long.log'
        $bars[0].PercentComplete | Should -BeIn (1..99)
        $seen[-1].RecordType | Should -Be Completed
    }

    It 'is not shown for work of less than a second' {
        $seen = Get-LabProgress '(Measure-Command { Find-IcePap -Interface 127.0.0.1 -TimeoutSeconds 0.2 }).TotalSeconds'
        if ($seen.Output[0] -lt 1) {
            $seen.Records | Should -BeNullOrEmpty
        }
        else {
            Set-ItResult -Inconclusive -Because "this machine took $($seen.Output[0]) s for it"
        }
    }

    It 'is not shown with ProgressPreference SilentlyContinue' {
        (Get-LabProgress 'Find-IcePap -Interface 127.0.0.1 -TimeoutSeconds 2' -Preference SilentlyContinue).Records | Should -BeNullOrEmpty
    }

    It 'leaves nothing in the output of a script that nobody watches' {
        $text = Invoke-PowerShell -Command "Import-Module '$root/PSLabNet.psd1'; Find-IcePap -MacAddress 02:00:00:00:00:01 -Interface 127.0.0.1 -TimeoutSeconds 2 -ErrorAction SilentlyContinue; 'end'" 2>&1
        $text | Should -Be 'end'
    }
}
