BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $corpus = Join-Path $root 'tests/corpus/lmstat'
    $single = Join-Path $corpus 'single-server.txt'
}

Describe 'ConvertFrom-LmStat' {
    It 'reads a file into the same objects as a query of a server' {
        $snapshot = ConvertFrom-LmStat -Path $single
        $snapshot | Should -BeOfType PSLabNet.FlexLm.FlexLmSnapshot
        $snapshot.Servers[0] | Should -BeOfType PSLabNet.FlexLm.FlexLmServerStatus
        $snapshot.Vendors[0] | Should -BeOfType PSLabNet.FlexLm.FlexLmVendorStatus
        $snapshot.Features[0] | Should -BeOfType PSLabNet.FlexLm.FlexLmFeature
        $matlab = $snapshot.Features | Where-Object Name -EQ MATLAB
        "$($matlab.Issued) $($matlab.ReportedInUse) $($matlab.Available)" | Should -Be '20 10 10'
        $snapshot.IsComplete | Should -BeTrue
        $snapshot.Unparsed | Should -BeNullOrEmpty
    }

    It 'reads the pipeline line by line, and the same text in one piece' {
        $whole = ConvertFrom-LmStat -Path $single | ConvertTo-Json -Depth 8
        $strip = { param($json) $json -replace '"(Source|CheckedAt|ReadAt)": *"[^"]*"' }
        $lines = Get-Content $single | ConvertFrom-LmStat | ConvertTo-Json -Depth 8
        $text = Get-Content $single -Raw | ConvertFrom-LmStat | ConvertTo-Json -Depth 8
        & $strip $lines | Should -Be (& $strip $whole)
        & $strip $text | Should -Be (& $strip $whole)
    }

    It 'unrolls into checkouts' {
        $checkouts = (ConvertFrom-LmStat -Path $single).Features | Get-FlexLmCheckout
        ($checkouts | Where-Object User -EQ bob).Count | Should -Be 5
        ($checkouts | Measure-Object Count -Sum).Sum | Should -BeGreaterThan 5
    }

    It 'reads every file of the corpus, one snapshot for each report' {
        $files = Get-ChildItem $corpus -Filter *.txt
        $snapshots = $files | ConvertFrom-LmStat -WarningAction SilentlyContinue
        $snapshots.Count | Should -BeGreaterOrEqual $files.Count
        (ConvertFrom-LmStat -Path (Join-Path $corpus 'several-reports.txt') -WarningAction SilentlyContinue).Count | Should -BeGreaterThan 1
    }

    It 'keeps lines that it does not understand, and warns' {
        $snapshot = ConvertFrom-LmStat -Path (Join-Path $corpus 'unknown-lines.txt') -WarningVariable warnings -WarningAction SilentlyContinue
        $snapshot.Unparsed.Count | Should -BeGreaterThan 0
        $snapshot.Unparsed[0].Text | Should -Not -BeNullOrEmpty
        $warnings -join "`n" | Should -Match "$($snapshot.Unparsed.Count)"
    }

    It 'says that a report was cut off' {
        $lines = Get-Content $single
        ($lines | Select-Object -First ([int] ($lines.Count * 0.6)) | ConvertFrom-LmStat -WarningAction SilentlyContinue).IsComplete | Should -BeFalse
    }

    It 'uses the server that -Server names' {
        (ConvertFrom-LmStat -Path $single -Server 27000@asked).Features.Server | Select-Object -Unique | Should -Be '27000@asked'
    }

    It 'reports a path that does not exist' {
        ConvertFrom-LmStat -Path (Join-Path $TestDrive none.txt) -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
    }

    It 'returns nothing for empty input' { '' | ConvertFrom-LmStat | Should -BeNullOrEmpty }

    It 'returns the same in every culture: <_>' -ForEach 'de-DE', 'tr-TR', 'ja-JP' {
        $reference = ConvertFrom-LmStat -Path $single | ConvertTo-Json -Depth 8
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            ConvertFrom-LmStat -Path $single | ConvertTo-Json -Depth 8 | Should -Be $reference
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }
}

Describe 'Get-FlexLmFeature and Get-FlexLmStatus by way of lmutil' {
    BeforeAll {
        $said = Join-Path $TestDrive 'arguments'
        $lmutil = if ($env:OS -ne 'Windows_NT') { New-LabProgram (Join-Path $TestDrive 'lmutil') -Shell "echo `"`$@`" > '$said'", "cat '$single'" }
    }

    It 'runs the program with its arguments as a list, and reads its output (a shell script as lmutil)' -Skip:($env:OS -eq 'Windows_NT') {
        (Get-FlexLmFeature MATLAB -Server 27004@lic1 -LmUtilPath $lmutil).Issued | Should -Be 20
        Get-Content $said | Should -Be 'lmstat -a -c 27004@lic1'
        $status = Get-FlexLmStatus 27004@lic1 -LmUtilPath $lmutil
        $status.Status | Should -Be 'Up'
        $status.Server | Should -Be '27004@lic1'
        $status.Vendors.Name | Should -Be 'MLM'
    }

    It 'reports a program that does not exist' {
        Get-FlexLmFeature -Server 27004@lic1 -LmUtilPath (Join-Path $TestDrive none) -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.LmUtilNotStarted,*'
        $errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*-LmUtilPath*'
        (Get-FlexLmStatus 27004@lic1 -LmUtilPath (Join-Path $TestDrive none)).Status | Should -Be 'Down'
    }

    It 'reports a program that this account may not run (Linux)' -Skip:(-not $IsLinux) {
        $closed = Join-Path $TestDrive 'closed'
        Set-Content $closed "#!/bin/sh`ncat '$single'"
        Get-FlexLmFeature -Server 27004@lic1 -LmUtilPath $closed -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.LmUtilNotStarted,*'
    }

    It 'stops a program that does not end (a shell script as lmutil)' -Skip:($env:OS -eq 'Windows_NT') {
        $slow = New-LabProgram (Join-Path $TestDrive 'slow') -Shell 'exec sleep 1000'
        Get-FlexLmFeature -Server 27004@lic1 -LmUtilPath $slow -TimeoutSeconds 0.5 -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].Exception.Message | Should -BeLike '*longer than 0.5 s*'
    }

    It 'stops a program that writes without end, and queries the other servers (a shell script as lmutil)' -Skip:($env:OS -eq 'Windows_NT') {
        $line = 'this is no output of lmstat'
        $flood = New-LabProgram (Join-Path $TestDrive 'flood') -Shell "case `"`$*`" in *flood*) exec yes '$line';; esac", "cat '$single'"
        $features = Get-FlexLmFeature MATLAB -Server 27004@flood, 27004@lic1 -LmUtilPath $flood -TimeoutSeconds 60 -ErrorVariable errors -ErrorAction SilentlyContinue
        $features.Server | Should -Be '27004@lic1'
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.ServerDown,*'
        $errors[0].Exception.Message | Should -BeLike '*wrote more than*'
    }

    It 'reports a program whose output is not that of lmstat (a shell script as lmutil)' -Skip:($env:OS -eq 'Windows_NT') {
        $other = New-LabProgram (Join-Path $TestDrive 'other') -Shell "echo 'usage: other [-x]'", "echo 'no such option' >&2", 'exit 3'
        Get-FlexLmFeature -Server 27004@lic1 -LmUtilPath $other -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].Exception.Message | Should -BeLike '*exit code 3*no such option*'
        (Get-FlexLmStatus 27004@lic1 -LmUtilPath $other).Error.Message | Should -BeLike '*exit code 3*'
    }
}
