# Export-FlexLmSample and Import-FlexLmSample: the history of use in files that several jobs append to.
BeforeDiscovery {
    $isLinuxRoot = $IsLinux -and (& id -u) -eq '0'
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultyHost.ps1')
    $license = @'
SERVER this_host ANY
VENDOR MLM
INCREMENT MATLAB MLM 52 31-dec-2099 10 SIGN=1111111111
INCREMENT =cmd MLM 1.0 permanent 2 SIGN=3333333333
FEATURE Optics MLM 1.0 permanent uncounted HOSTID=0123456789AB SIGN=4444444444
'@
    $server = Start-FlexLmSimulator -LicenseText $license
    1..3 | ForEach-Object { $null = $server.Checkout('MATLAB', "user$_", 'ws1', ':0', 1) }
    $header = 'Time,Server,Vendor,Feature,Version,Issued,InUse,Reserved,Queued'
    $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }

    function Start-Writer {
        # A process that appends two rows at a time, for a number of rounds.
        param([string] $File, [string] $Name, [int] $Rounds)
        $script = Join-Path $TestDrive 'Add-Often.ps1'
        Set-Content $script @"
param([string] `$File, [string] `$Name, [int] `$Rounds)
`$ErrorActionPreference = 'Stop'
Import-Module '$root/PSLabNet.psd1'
`$rows = Join-Path '$TestDrive' "`$Name.rows.csv"
Set-Content `$rows 'Time,Server,Feature,InUse', "2026-11-27T10:00:00+00:00,`$Name,one,1", "2026-11-27T10:00:00+00:00,`$Name,two,1"
`$samples = Import-FlexLmSample `$rows
foreach (`$round in 1..`$Rounds) { `$samples | Export-FlexLmSample `$File -Append }
'all written'
"@
        $program, $first = $powerShell
        $words = @($first | Where-Object { $_ }) + '-NoProfile' + '-NonInteractive' + '-File' + $script + $File + $Name + $Rounds
        $start = [System.Diagnostics.ProcessStartInfo]::new($program)
        $start.Arguments = ($words | ForEach-Object { "`"$_`"" }) -join ' '
        $start.UseShellExecute = $false
        $start.RedirectStandardOutput = $true
        [System.Diagnostics.Process]::Start($start)
    }
}

AfterAll { Stop-FlexLmSimulator }

Describe 'Export-FlexLmSample' {
    BeforeEach { $file = Join-Path $TestDrive "$([guid]::NewGuid()).csv" }

    It 'writes a row for each feature, with a mark and times in UTC' {
        Export-FlexLmSample $file -Server $server.Server
        [System.IO.File]::ReadAllBytes($file)[0..2] | Should -Be 0xEF, 0xBB, 0xBF
        $lines = Get-Content $file
        $lines[0] | Should -Be $header
        $lines -match ',MLM,MATLAB,' | Should -Match "^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00,$([regex]::Escape($server.Server)),MLM,MATLAB,52,10,3,0,$"
        $lines -match 'cmd' | Should -Match ",'=cmd,"
        $lines -match 'Optics' | Should -Match ',Optics,1.0,,'
        (Import-Csv $file).InUse | Should -Contain '3'
    }

    It 'replaces the file without Append, and appends with it; the header stays one' {
        1..2 | ForEach-Object { Export-FlexLmSample $file -Server $server.Server -Feature MATLAB }
        Get-Content $file | Should -HaveCount 2
        1..2 | ForEach-Object { Export-FlexLmSample $file -Server $server.Server -Feature MATLAB -Append }
        $lines = Get-Content $file
        $lines | Should -HaveCount 4
        @($lines -eq $header) | Should -HaveCount 1
    }

    It 'takes features, snapshots, samples and what comes back from a job' {
        $feature = Get-FlexLmFeature MATLAB -Server $server.Server
        $feature | Export-FlexLmSample $file -Append
        [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($feature, 2)) | Export-FlexLmSample $file -Append
        ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt') -WarningAction SilentlyContinue | Export-FlexLmSample $file -Append
        $samples = Import-FlexLmSample $file
        @($samples | Where-Object { $_.Feature -eq 'MATLAB' -and $_.Server -eq $server.Server }) | Should -HaveCount 2
        $samples.Count | Should -BeGreaterThan 3
        $again = Join-Path $TestDrive 'again.csv'
        $sent = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($samples, 2))
        $sent | Export-FlexLmSample $again
        Get-Content $again | Should -Be (Get-Content $file)
    }

    It 'takes rows of a CSV file, and refuses rows without the columns' {
        $csv = [pscustomobject] @{ Time = '2026-11-27T10:00:00+01:00'; Feature = '=cmd'; InUse = '3'; Queued = '' }, [pscustomobject] @{ Name = 'x' }
        $csv | Export-FlexLmSample $file -ErrorVariable errors @quiet
        $errors.FullyQualifiedErrorId -replace ',.*' | Should -Be 'PSLabNet.WrongInput'
        (Get-Content $file)[1] | Should -Be "2026-11-27T09:00:00+00:00,,,'=cmd,,,3,,"
    }

    It 'writes a file for each month of the rows, in UTC' {
        $rows = Join-Path $TestDrive 'months.csv'
        Set-Content $rows 'Time,Feature', '2026-11-30T23:59:59+00:00,a', '2026-12-01T00:30:00+01:00,b', '2026-12-01T00:00:00Z,c'
        $written = Import-FlexLmSample $rows | Export-FlexLmSample (Join-Path $TestDrive 'by.month.csv') -Monthly -PassThru
        $written.Name | Should -Be 'by.month-2026-11.csv', 'by.month-2026-12.csv'
        (Import-FlexLmSample $written[0].FullName).Feature | Should -Be 'a', 'b'
        Import-FlexLmSample $rows | Export-FlexLmSample (Join-Path $TestDrive 'by.month.csv') -Monthly
        (Import-FlexLmSample (Join-Path $TestDrive 'by.month-*.csv')).Feature | Should -Be 'a', 'b', 'a', 'b', 'c', 'c'
    }

    It 'mends half a line at the end' {
        Export-FlexLmSample $file -Server $server.Server -Feature MATLAB
        [System.IO.File]::AppendAllText($file, '2026-11-27T10:00:00+00:00,27000@lic1,ML')
        Export-FlexLmSample $file -Server $server.Server -Feature MATLAB -Append
        Import-FlexLmSample $file -ErrorVariable errors | Should -HaveCount 2
        $errors | Should -BeNullOrEmpty
    }

    It 'leaves the file as it is when there is nothing to write' {
        Set-Content $file $header
        $before = [System.IO.File]::ReadAllBytes($file)
        $dead = Start-FlexLmSimulator -Fault Refuse
        @() | Export-FlexLmSample $file -Append -ErrorVariable errors @quiet
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.NothingToWrite,*'
        Export-FlexLmSample $file -Append -Server $dead.Server -ErrorVariable errors @quiet
        $errors.FullyQualifiedErrorId -replace ',.*' | Should -Be 'PSLabNet.ServerDown', 'PSLabNet.NothingToWrite'
        "$($errors[1])" | Should -Match 'told of a feature'
        [System.IO.File]::ReadAllBytes($file) | Should -Be $before
        $dead | Stop-FlexLmSimulator
    }

    It 'refuses other objects, and a file that a spreadsheet has saved' {
        1, (Get-FlexLmStatus $server.Server) | Export-FlexLmSample $file -Append -ErrorVariable errors @quiet
        $errors.FullyQualifiedErrorId -replace ',.*' | Should -Be 'PSLabNet.WrongInput', 'PSLabNet.WrongInput', 'PSLabNet.NothingToWrite'
        Set-Content $file 'Time;Feature'
        Export-FlexLmSample $file -Append -Server $server.Server -ErrorVariable errors @quiet
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
        "$($errors[0])" | Should -Match 'another name'
        Get-Content $file | Should -Be 'Time;Feature'
    }

    It 'writes nothing with WhatIf' {
        Export-FlexLmSample $file -Append -Server $server.Server -WhatIf
        $file | Should -Not -Exist
    }

    It 'refuses a folder before it queries' {
        $before = $server.Connections
        Export-FlexLmSample $TestDrive -Append -Server $server.Server -ErrorVariable errors @quiet
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
        $server.Connections | Should -Be $before
    }
}

Describe 'Several processes that append to one file' -Tag CI {
    It 'lose no row, and mix none' {
        $file = Join-Path $TestDrive 'together.csv'
        $writers = 1..4 | ForEach-Object { Start-Writer $file "writer$_" 50 }
        foreach ($writer in $writers) {
            $writer.StandardOutput.ReadToEnd() | Should -Match 'all written'
            $writer.WaitForExit()
        }

        $samples = Import-FlexLmSample $file -ErrorAction Stop
        $samples | Should -HaveCount 400
        foreach ($name in 1..4 | ForEach-Object { "writer$_" }) { @($samples | Where-Object Server -eq $name) | Should -HaveCount 100 }

        # Both rows of one append stand together.
        for ($at = 0; $at -lt 400; $at += 2) { "$($samples[$at].Server) $($samples[$at].Feature) $($samples[$at + 1].Feature)" | Should -Be "$($samples[$at + 1].Server) one two" }
    }

    It 'leave a whole file when one is killed' {
        $file = Join-Path $TestDrive 'killed.csv'
        $writer = Start-Writer $file 'victim' 100000
        while (-not (Test-Path $file) -or (Get-Item $file).Length -lt 4KB) { if ($writer.HasExited) { throw $writer.StandardOutput.ReadToEnd() } }
        $writer.Kill()
        $writer.WaitForExit()
        Export-FlexLmSample $file -Append -Server $server.Server -Feature MATLAB -ErrorAction Stop
        $samples = Import-FlexLmSample $file -ErrorAction Stop
        $samples.Count | Should -BeGreaterThan 50
        $samples[-1].Feature | Should -Be 'MATLAB'
        @($samples | Where-Object Feature -eq 'one').Count | Should -Be (@($samples | Where-Object Feature -eq 'two').Count)
    }
}

Describe 'A disk that is full (Linux, root)' -Tag CI -Skip:(-not $isLinuxRoot) {
    It 'leaves the file as it was' {
        $disk = Join-Path $TestDrive 'disk'
        Mount-TinyDisk $disk
        try {
            $file = Join-Path $disk 'usage.csv'
            Export-FlexLmSample $file -Server $server.Server -Append
            $before = [System.IO.File]::ReadAllBytes($file)
            $rows = Join-Path $TestDrive 'many.csv'
            Set-Content $rows (@('Time,Feature') + (1..3000 | ForEach-Object { "2026-11-27T10:00:00+00:00,feature$_" }))
            Import-FlexLmSample $rows | Export-FlexLmSample $file -Append -ErrorVariable errors @quiet
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
            [System.IO.File]::ReadAllBytes($file) | Should -Be $before
            Export-FlexLmSample $file -Server $server.Server -Append -ErrorAction Stop
        }
        finally { Dismount-Disk $disk }
    }
}

Describe 'Import-FlexLmSample' {
    BeforeAll {
        $file = Join-Path $TestDrive 'read.csv'
        Set-Content $file $header, '2026-11-27T10:00:00+00:00,27000@lic1,MLM,MATLAB,52,10,3,0,', 'nonsense', '2026-11-27T10:10:00+00:00,27000@lic1,MLM,MATLAB,52,10,x,0,', '2026-11-27T10:20:00+00:00,27000@lic1,MLM,MATLAB,52,10,4,,2'
    }

    It 'reads rows, and reports each one that it cannot read' {
        $samples = Import-FlexLmSample $file -ErrorVariable errors -ErrorAction SilentlyContinue
        $samples | Should -BeOfType PSLabNet.FlexLm.FlexLmSample
        $samples.InUse | Should -Be 3, 4
        $samples[1].Reserved | Should -BeNullOrEmpty
        $samples[1].Queued | Should -Be 2
        $samples[0].Time | Should -Be ([datetimeoffset] '2026-11-27T10:00:00Z')
        $errors | Should -HaveCount 2
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.SampleFault,*'
        "$($errors[1])" | Should -Match ':4: InUse is ''x'''
        $errors[0].ErrorDetails.RecommendedAction | Should -Match 'other lines'
    }

    It 'takes files from the pipeline, and wildcards' {
        @(Get-Item $file | Import-FlexLmSample @quiet) | Should -HaveCount 2
        @($file | Import-FlexLmSample @quiet) | Should -HaveCount 2
        @(Import-FlexLmSample (Join-Path $TestDrive 'rea?.csv') @quiet) | Should -HaveCount 2
        Import-FlexLmSample (Join-Path $TestDrive 'none.csv') -ErrorVariable errors @quiet
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
    }

    It 'shows a table of at most 80 columns, also of objects from elsewhere' {
        $samples = Import-FlexLmSample $file @quiet
        $view = $samples | Out-String -Width 80
        $view | Should -Match '(?m)^2026-11-2\d \d\d:\d\d:00\s+10\s+3\s+0\s+MATLAB\s+27000@lic1'
        [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($samples, 2)) | Out-String -Width 80 | Should -Be $view
    }

    It 'reads while another program appends, and does not keep it waiting' {
        $before = @(Import-FlexLmSample $file @quiet).Count
        $appended = $false
        $samples = Import-FlexLmSample $file @quiet | ForEach-Object {
            if (-not $appended) {
                Export-FlexLmSample $file -Append -Server $server.Server -Feature MATLAB -ErrorAction Stop
                $appended = $true
            }
            $_
        }
        @($samples).Count | Should -BeGreaterOrEqual $before
        Import-FlexLmSample $file @quiet | Should -HaveCount ($before + 1)
    }
}
