# Paths and permissions of Windows in the cmdlets that write and read files.
BeforeDiscovery { $onWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $snapshot = ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt') -WarningAction SilentlyContinue
}

Describe 'Files of Windows (Windows)' -Skip:(-not $onWindows) {
    It 'a name that Windows forbids is one error, which shows it: <_>' -ForEach 'a?.prom', 'a|b.prom', 'a<b>.prom', 'a"b.prom', 'NUL' {
        $path = Join-Path $TestDrive $_
        $snapshot | Export-FlexLmMetric $path -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
        "$($errors[0])" | Should -Not -BeLike '*.tmp*'
        Get-ChildItem $TestDrive -Filter '*.tmp' | Should -BeNullOrEmpty
    }

    It 'a path of more than 260 characters is written, replaced and read' {
        $folder = $TestDrive
        while ("$folder".Length -lt 300) { $folder = Join-Path $folder ('deep' * 10) }
        $null = [System.IO.Directory]::CreateDirectory($folder)
        foreach ($name in 'short.prom', ('l' * 200 + '.prom')) {
            $file = Join-Path $folder $name
            foreach ($app in 'old', 'new') { $snapshot | Export-FlexLmMetric $file -App $app -ErrorAction Stop }
            [System.IO.File]::ReadAllText($file) | Should -Match 'app="new"'
        }

        $report = Join-Path $folder 'report.txt'
        [System.IO.File]::Copy((Join-Path $root 'tests/corpus/lmstat/single-server.txt'), $report)
        (ConvertFrom-LmStat -Path $report -WarningAction SilentlyContinue).Features | Should -HaveCount @($snapshot.Features).Count
        [System.IO.Directory]::GetFiles($folder, '*.tmp') | Should -BeNullOrEmpty
    }

    It 'a name of 255 characters is written and replaced' {
        $file = "\\?\$(Join-Path $TestDrive ('n' * 250 + '.prom'))"
        foreach ($app in 'old', 'new') { $snapshot | Export-FlexLmMetric $file.Substring(4) -App $app -ErrorAction Stop }
        [System.IO.File]::ReadAllText($file) | Should -Match 'app="new"'
    }

    It 'a path is a drive letter, with either slash, or relative to the location' {
        Push-Location $TestDrive
        try {
            foreach ($path in "$TestDrive\drive.prom", "$TestDrive/slash.prom".Replace('\', '/'), '.\relative.prom', 'name.prom') {
                $snapshot | Export-FlexLmMetric $path -ErrorAction Stop
                Test-Path (Join-Path $TestDrive (Split-Path $path -Leaf)) | Should -BeTrue
            }
        }
        finally { Pop-Location }
    }

    It 'a file keeps who may read it, and stays hidden' {
        $file = Join-Path $TestDrive 'kept.prom'
        $snapshot | Export-FlexLmMetric $file
        $list = Get-Acl $file
        $inherited = $list.GetSecurityDescriptorSddlForm('Access')
        $list.SetAccessRuleProtection($true, $false)
        $me = [System.Security.Principal.WindowsIdentity]::GetCurrent().User
        $list.SetAccessRule([System.Security.AccessControl.FileSystemAccessRule]::new($me, 'FullControl', 'Allow'))
        Set-Acl $file $list
        [System.IO.File]::SetAttributes($file, 'Hidden')
        $before = (Get-Acl $file).GetSecurityDescriptorSddlForm('Access')
        if ($before -eq $inherited) {
            Skip-OnWine 'Set-Acl succeeds and leaves the access control list as it was'
            $before | Should -Not -Be $inherited -Because 'a new file has what the folder gives'
        }
        $snapshot | Export-FlexLmMetric $file -App new -ErrorAction Stop
        [System.IO.File]::ReadAllText($file) | Should -Match 'app="new"'
        (Get-Acl $file).GetSecurityDescriptorSddlForm('Access') | Should -Be $before
        [System.IO.File]::GetAttributes($file).HasFlag([System.IO.FileAttributes]::Hidden) | Should -BeTrue
    }

    It 'a file that a program does not share for longer than 5 seconds is one error, and stays as it was' {
        $file = Join-Path $TestDrive 'held.prom'
        $snapshot | Export-FlexLmMetric $file -App old
        $holder = [System.IO.FileStream]::new($file, 'Open', 'Read', 'Read')
        try {
            $snapshot | Export-FlexLmMetric $file -App new -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors | Should -HaveCount 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
            "$($errors[0])" | Should -BeLike "*held.prom*another program*"
            "$($errors[0])" | Should -Not -BeLike '*.tmp*'
        }
        finally { $holder.Dispose() }
        [System.IO.File]::ReadAllText($file) | Should -Match 'app="old"'
        Get-ChildItem $TestDrive -Filter '*.tmp' -Force | Should -BeNullOrEmpty
    }
}
