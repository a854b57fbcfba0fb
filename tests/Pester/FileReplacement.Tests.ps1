# Files that exports replace while others read and write them.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $report = [System.IO.File]::ReadAllLines((Join-Path $root 'tests/corpus/lmstat/single-server.txt'))
    $snapshot = $report | ConvertFrom-LmStat -WarningAction SilentlyContinue

    function Start-LabScript {
        # Starts a script in a PowerShell of its own.
        param([string] $Script, [string[]] $With)
        $program, $first = $powerShell
        $words = @($first | Where-Object { $_ }) + '-NoProfile' + '-NonInteractive' + '-File' + $Script + $With
        $start = [System.Diagnostics.ProcessStartInfo]::new($program)
        $start.Arguments = ($words | ForEach-Object { "`"$_`"" }) -join ' '
        $start.UseShellExecute = $false
        $start.RedirectStandardOutput = $true
        [System.Diagnostics.Process]::Start($start)
    }
}

Describe 'A file that is read all the time' {
    BeforeAll {
        $file = Join-Path $TestDrive 'read.prom'
        $snapshot | Export-FlexLmMetric $file
        $reading = [powershell]::Create().AddScript({
                param($File, $Stop)
                $reads = 0
                while (-not $Stop.IsSet) {
                    # As most collectors read: it shares neither writing nor deletion. The moment of the replacement fails.
                    try { $null = [System.IO.File]::ReadAllText($File); $reads++ } catch [System.IO.IOException], [System.UnauthorizedAccessException] { }
                }
                $reads
            })
        $stop = [System.Threading.ManualResetEventSlim]::new()
        $null = $reading.AddArgument($file).AddArgument($stop)
        $done = $reading.BeginInvoke()
    }

    It 'is replaced by 20 exports of metrics, none of which fails' {
        foreach ($number in 1..20) { $snapshot | Export-FlexLmMetric $file -App "round$number" -ErrorAction Stop }
        $stop.Set()
        [int] "$($reading.EndInvoke($done))" | Should -BeGreaterThan 20
        Get-Content $file -Raw | Should -Match 'round20'
        Get-ChildItem $TestDrive -Filter '*.tmp' | Should -BeNullOrEmpty
    }

    AfterAll {
        $stop.Set()
        $reading.Dispose()
    }
}

Describe 'A file with four writers' -Tag CI {
    It 'is there and whole at every look, and no write of 240 fails' {
        $file = Join-Path $TestDrive 'written.prom'
        $script = Join-Path $TestDrive 'Write-Often.ps1'
        Set-Content $script @"
param([string] `$Name)
`$ErrorActionPreference = 'Stop'
Import-Module '$root/PSLabNet.psd1'
`$snapshot = ConvertFrom-LmStat -Path '$root/tests/corpus/lmstat/single-server.txt' -WarningAction SilentlyContinue
foreach (`$number in 1..60) { `$snapshot | Export-FlexLmMetric '$file' -App `$Name }
'all written'
"@
        $snapshot | Export-FlexLmMetric $file -App first
        $length = (Get-Content $file).Count
        $writers = 1..4 | ForEach-Object { Start-LabScript $script "writer$_" }
        try {
            $looks = 0
            $seen = @{}
            while (@($writers | Where-Object { -not $_.HasExited })) {
                [System.IO.File]::Exists($file) | Should -BeTrue
                $stream = [System.IO.FileStream]::new($file, 'Open', 'Read', 'ReadWrite, Delete')
                $reader = [System.IO.StreamReader]::new($stream)
                $lines = $reader.ReadToEnd().TrimEnd("`n") -split "`n"
                $reader.Dispose()
                $lines | Should -HaveCount $length
                $apps = @([regex]::Matches($lines, 'app="(\w+)"') | ForEach-Object { $_.Groups[1].Value } | Select-Object -Unique)
                $apps | Should -HaveCount 1
                $seen[$apps[0]] = $true
                $looks++
            }

            foreach ($writer in $writers) { $writer.StandardOutput.ReadToEnd().Trim() | Should -Be 'all written' }
            $seen.Keys | Where-Object { $_ -like 'writer*' } | Should -Not -BeNullOrEmpty
            Write-Host "    $looks looks at the file, of $($seen.Count) writers"
            Get-ChildItem $TestDrive -Filter '*.tmp' | Should -BeNullOrEmpty
        }
        finally { $writers | Where-Object { -not $_.HasExited } | ForEach-Object { Stop-LabProcess $_ } }
    }
}
