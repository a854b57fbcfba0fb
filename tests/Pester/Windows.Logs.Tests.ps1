# Debug logs as license servers on Windows write them: held open, deleted, in the encodings of Windows.
BeforeDiscovery { $onWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $umlaut = "M$([char] 0xFC)ller"

    function Get-LogLine {
        param([int] $Hour, [string] $User)
        "{0,2}:00:00 (MLM) OUT: ""MATLAB"" {1}@ws1" -f $Hour, $User
    }

    function Start-Follower {
        # Follows a log in a runspace of its own; its output is a collection that grows.
        param([string] $Path)
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; Import-FlexLmLog -Path '$Path' -Wait -Tail 100")
        $found = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $found)
        [pscustomobject] @{ Shell = $shell; Found = $found }
    }

    function Stop-Follower {
        # Before that, reading the collection as a whole would wait for its end.
        param([object] $Follower)
        $Follower.Shell.Stop()
        $Follower.Shell.Dispose()
    }
}

Describe 'A debug log on Windows (Windows)' -Skip:(-not $onWindows) {
    It 'is read while its writer shares <Share>' -ForEach @(@{ Share = 'Read' }, @{ Share = 'ReadWrite' }, @{ Share = 'ReadWrite, Delete' }) {
        $log = Join-Path $TestDrive "$($Share -replace '\W').log"
        $writer = [System.IO.FileStream]::new($log, 'Create', 'Write', $Share)
        try {
            $bytes = [System.Text.Encoding]::ASCII.GetBytes("$(Get-LogLine 1 alice)`r`n")
            $writer.Write($bytes, 0, $bytes.Length)
            $writer.Flush()
            (Import-FlexLmLog $log).User | Should -Be 'alice'
        }
        finally { $writer.Dispose() }
    }

    It 'that its writer does not share is one error' {
        $log = Join-Path $TestDrive 'alone.log'
        $writer = [System.IO.FileStream]::new($log, 'Create', 'Write', 'None')
        try {
            Import-FlexLmLog $log -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $errors | Should -HaveCount 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotReadable,*'
        }
        finally { $writer.Dispose() }
    }

    It 'can be written, renamed and made anew while it is followed' {
        $log = Join-Path $TestDrive 'followed.log'
        Set-Content $log (Get-LogLine 1 first)
        $follower = Start-Follower $log
        try {
            Wait-Until { $follower.Found.Count -ge 1 } 'the first line'
            Add-Content $log (Get-LogLine 2 second)
            Move-Item $log "$log.1"
            Set-Content $log (Get-LogLine 3 third)
            Wait-Until { $follower.Found.Count -ge 3 } 'the new log'
        }
        finally { Stop-Follower $follower }
        $follower.Found.User | Should -Be 'first', 'second', 'third'
    }

    It 'that is deleted while it is followed can be made anew, and no line of either is lost' {
        Skip-OnWine 'a deleted file that somebody reads can still be opened'
        $log = Join-Path $TestDrive 'deleted.log'
        Set-Content $log (Get-LogLine 1 first)
        $follower = Start-Follower $log
        try {
            Wait-Until { $follower.Found.Count -ge 1 } 'the first line'
            Add-Content $log (Get-LogLine 2 second)
            Remove-Item $log

            # Older servers and shares keep the name until the follower has closed the file.
            Wait-Until { try { Set-Content $log (Get-LogLine 3 third) -ErrorAction Stop; $true } catch { $false } } 'the name to be free'
            Wait-Until { $follower.Found.Count -ge 3 } 'the new log'
        }
        finally { Stop-Follower $follower }
        $follower.Found.User | Should -Be 'first', 'second', 'third'
    }

    It 'is read in <Name>' -ForEach @(
        @{ Name = 'UTF-8 with a mark'; Encoding = { [System.Text.UTF8Encoding]::new($true) } }
        @{ Name = 'UTF-8 without a mark'; Encoding = { [System.Text.UTF8Encoding]::new($false) } }
        @{ Name = 'UTF-16 with a mark'; Encoding = { [System.Text.UnicodeEncoding]::new($false, $true) } }
        @{ Name = 'UTF-16 without a mark'; Encoding = { [System.Text.UnicodeEncoding]::new($false, $false) } }
    ) {
        $log = Join-Path $TestDrive 'encoded.log'
        $text = "$(Get-LogLine 1 $umlaut)`r`n$(Get-LogLine 2 bob)`r`n"
        [System.IO.File]::WriteAllText($log, $text, (& $Encoding))
        (Import-FlexLmLog $log).User | Should -Be $umlaut, 'bob'
    }

    It 'is read in code page 1252, in which a byte of its own is an umlaut' {
        $log = Join-Path $TestDrive '1252.log'
        [System.IO.File]::WriteAllBytes($log, [System.Text.Encoding]::GetEncoding('iso-8859-1').GetBytes("$(Get-LogLine 1 $umlaut)`r`n"))
        (Import-FlexLmLog $log).User | Should -Be $umlaut
    }
}

Describe 'Text files of Windows (Windows)' -Skip:(-not $onWindows) {
    It 'lmstat writes lines that end with CR LF: <_>' -ForEach 'utf-8', 'utf-16', 'iso-8859-1' {
        $file = Join-Path $TestDrive 'lmstat.txt'
        $text = [System.IO.File]::ReadAllText((Join-Path $root 'tests/corpus/lmstat/single-server.txt')) -replace "`r" -replace "`n", "`r`n"
        [System.IO.File]::WriteAllText($file, $text, [System.Text.Encoding]::GetEncoding($_))
        $plain = ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt') -WarningAction SilentlyContinue
        $read = ConvertFrom-LmStat -Path $file -WarningAction SilentlyContinue
        $read.Features | ForEach-Object { "$($_.Name) $($_.Issued) $($_.InUse)" } | Should -Be @($plain.Features | ForEach-Object { "$($_.Name) $($_.Issued) $($_.InUse)" })
    }

    It 'a license file has lines that end with CR LF, and continued ones' {
        $file = Join-Path $TestDrive 'crlf.lic'
        [System.IO.File]::WriteAllText($file, "SERVER lic1 ANY 27000`r`nVENDOR MLM`r`nFEATURE $umlaut MLM 1.0 permanent 2 \`r`n`tSIGN=AAAA`r`n", [System.Text.Encoding]::GetEncoding('iso-8859-1'))
        $lines = Get-FlexLmLicense -Path $file
        $lines.Kind | Should -Be 'Server', 'Vendor', 'Feature'
        $lines[2].Feature | Should -Be $umlaut
        $lines[2].Quantity | Should -Be 2
    }
}
