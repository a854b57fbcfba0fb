# Faults of disks, folders and files of this host, and what each cmdlet does then.
# Each test is a row of docs/fault-matrix.md, named '<fault> | <cmdlet> | <what happens>'.
BeforeDiscovery {
    $isLinuxRoot = $IsLinux -and (& id -u) -eq '0'
    $setpriv = $isLinuxRoot -and (Get-Command setpriv -CommandType Application -ErrorAction Ignore)
    $loop = $isLinuxRoot -and @(Get-Command mkfs.ext4, losetup -CommandType Application -ErrorAction Ignore).Count -ge 2 -and (& losetup -f 2>$null)
    $exports = @(@{ Cmdlet = 'Export-FlexLmMetric' }, @{ Cmdlet = 'Export-FlexLmReport' }, @{ Cmdlet = 'Export-FlexLmSample' })
    $readers = @('Import-FlexLmLog', 'ConvertFrom-LmStat', 'Get-FlexLmLicense', 'Get-FlexLmOption', 'Import-FlexLmSample' | ForEach-Object { @{ Cmdlet = $_ } })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'FaultyHost.ps1')
    $env:LM_LICENSE_FILE = $null
    $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
    $server = Start-FlexLmSimulator -Vendor good -FeatureCount 300 -CheckoutCount 1

    function Get-FolderText($Folder) {
        (Get-ChildItem $Folder -ErrorAction Ignore | ForEach-Object { "$($_.Name) $($_.Length) $($_.LastWriteTimeUtc.Ticks)" }) -join "`n"
    }

    function Assert-OldFileStays($Cmdlet, $File) {
        # Fails to overwrite a file. The old file is unchanged, and no other file is beside it.
        $folder = Split-Path $File
        $before = Get-FolderText $folder
        & $Cmdlet $File -Server $server.Server -ErrorVariable errors @quiet
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
        $errors[0].CategoryInfo.Category | Should -Be 'WriteError'
        $errors[0].TargetObject | Should -Be $File
        Get-FolderText $folder | Should -Be $before
    }
}

AfterAll { Stop-FlexLmSimulator }

Describe 'Exports: a disk that is full, or read-only (Linux, root)' -Tag CI -Skip:(-not $isLinuxRoot) {
    BeforeEach {
        $disk = Join-Path $TestDrive 'disk'
        $file = Join-Path $disk 'old.txt'
    }

    AfterEach { Dismount-Disk $disk }

    It 'disk full | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
        Mount-TinyDisk $disk
        Set-Content $file 'old'
        & sh -c "head -c 48k /dev/zero > '$disk/fill'"
        Assert-OldFileStays $Cmdlet $file
        Get-Content $file | Should -Be 'old'
    }

    Context 'that shows it late (loop devices, mkfs.ext4)' -Skip:(-not $loop) {
        It 'disk full, found out late (share, quota, thin disk) | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
            Mount-ThinDisk $disk
            Set-Content $file 'old'
            Invoke-Program sync $file

            # Nothing is left where the disk really is.
            & sh -c "LC_ALL=C head -c 2m /dev/zero 2>&1 > '$disk.thin/fill'" | Should -BeLike '*No space left*'
            Assert-OldFileStays $Cmdlet $file
            Get-Content $file | Should -Be 'old'
        }
    }

    It 'read-only mount | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
        Mount-TinyDisk $disk
        Set-Content $file 'old'
        Invoke-Program mount -o 'remount,ro' $disk
        { Set-Content (Join-Path $disk 'new.txt') 'new' -ErrorAction Stop } | Should -Throw '*Read-only*'
        Assert-OldFileStays $Cmdlet $file
        Get-Content $file | Should -Be 'old'
    }
}

Describe 'Exports: a path that cannot be written' -Tag CI {
    It 'read-only file | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
        $file = Join-Path $TestDrive "$Cmdlet/old.txt"
        $null = New-Item $file -Force -Value 'old'
        Set-ItemProperty $file IsReadOnly $true
        Assert-OldFileStays $Cmdlet $file
        Get-Content $file | Should -Be 'old'
        (Get-Item $file).IsReadOnly | Should -BeTrue
    }

    It 'folder missing | <Cmdlet> | an error FileNotWritable; no folder is made' -ForEach $exports {
        Assert-OldFileStays $Cmdlet (Join-Path $TestDrive 'no.such/x.txt')
        Join-Path $TestDrive 'no.such' | Should -Not -Exist
    }

    It 'a folder in place of the file | <Cmdlet> | an error FileNotWritable; the folder stays' -ForEach $exports {
        $folder = Join-Path $TestDrive "$Cmdlet.folder"
        $null = New-Item "$folder/inside.txt" -Force -Value 'inside'
        Assert-OldFileStays $Cmdlet $folder
        Get-Content "$folder/inside.txt" | Should -Be 'inside'
    }

    It 'a path that is not a file (<Path>) | <Cmdlet> | an error FileNotWritable before any server is queried' -ForEach @(
        foreach ($export in $exports) { foreach ($path in 'env:PSLABNET_X', 'nodrive:x', 'null\0') { @{ Cmdlet = $export.Cmdlet; Path = $path } } }
    ) {
        $before = $server.Connections
        & $Cmdlet ($Path -replace '\\0', "`0") -Server $server.Server -ErrorVariable errors @quiet
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotWritable,*'
        $server.Connections | Should -Be $before
    }
}

Describe 'Files that cannot be read' -Tag CI {
    BeforeAll {
        # Each cmdlet with a file that it reads, and the output that it writes.
        $samples = @{
            'Import-FlexLmLog'  = Join-Path $root 'tests/corpus/logs/vendor.log'
            'ConvertFrom-LmStat' = (Get-ChildItem (Join-Path $root 'tests/corpus/lmstat') -Filter *.txt | Select-Object -First 1).FullName
            'Get-FlexLmLicense' = Join-Path $TestDrive 'sample.lic'
            'Get-FlexLmOption'  = Join-Path $TestDrive 'sample.opt'
            'Import-FlexLmSample' = Join-Path $TestDrive 'sample.csv'
        }
        Set-Content $samples['Get-FlexLmLicense'] 'SERVER this_host ANY', 'VENDOR MLM', 'INCREMENT MATLAB MLM 52 permanent 10 SIGN=1'
        Set-Content $samples['Get-FlexLmOption'] 'TIMEOUT MATLAB 3600', 'MAX 2 MATLAB USER anna'
        Export-FlexLmSample $samples['Import-FlexLmSample'] -Server $server.Server @quiet

        function Assert-OtherIsRead($Cmdlet, $Bad, $Id, $Category) {
            # The other file is read as if it were the only one.
            $alone = & $Cmdlet -Path $samples[$Cmdlet] @quiet
            $read = & $Cmdlet -Path $Bad, $samples[$Cmdlet] -ErrorVariable errors @quiet
            $errors | Should -HaveCount 1
            $errors[0].FullyQualifiedErrorId | Should -BeLike "PSLabNet.$Id,*"
            $errors[0].CategoryInfo.Category | Should -Be $Category
            $errors[0].TargetObject | Should -Be $Bad
            @($read) | Should -HaveCount @($alone).Count
        }
    }

    It 'file missing | <Cmdlet> | an error PathNotFound; the other files are read' -ForEach $readers {
        Assert-OtherIsRead $Cmdlet (Join-Path $TestDrive 'missing.txt') 'PathNotFound' 'ObjectNotFound'
    }

    Context 'that vanish (links, and removing an open file: Linux)' -Skip:(-not $IsLinux) {
        It 'file vanishes before it is opened | <Cmdlet> | an error FileNotReadable; the other files are read' -ForEach $readers {
            # A link to nothing: there when the path is resolved, and not there when it is opened.
            $link = Join-Path $TestDrive "$Cmdlet.vanished"
            & ln -s "$link.gone" $link
            Assert-OtherIsRead $Cmdlet $link 'FileNotReadable' 'ReadError'
        }

        It 'file vanishes while it is read | <Cmdlet> | it is read to its end' -ForEach $readers {
            $copy = Join-Path $TestDrive "$Cmdlet.going"
            Copy-Item $samples[$Cmdlet] $copy
            $alone = @(& $Cmdlet -Path $copy @quiet)
            $read = & $Cmdlet -Path $copy -ErrorVariable errors @quiet | ForEach-Object { Remove-Item $copy -ErrorAction Ignore; $_ }
            $errors | Should -BeNullOrEmpty
            @($read) | Should -HaveCount $alone.Count
            $copy | Should -Not -Exist
        }
    }

    It 'a folder in place of the file | <Cmdlet> | an error FileNotReadable; the other files are read' -ForEach $readers {
        $folder = Join-Path $TestDrive "$Cmdlet.folder"
        $null = New-Item -ItemType Directory $folder
        Assert-OtherIsRead $Cmdlet $folder 'FileNotReadable' 'PermissionDenied'
    }

    It 'file open in its writer | <Cmdlet> | it is read anyway' -ForEach $readers {
        $copy = Join-Path $TestDrive "$Cmdlet.open"
        Copy-Item $samples[$Cmdlet] $copy
        $alone = @(& $Cmdlet -Path $copy @quiet)
        $writer = [System.IO.File]::Open($copy, 'Open', 'ReadWrite', 'ReadWrite')
        try {
            $read = & $Cmdlet -Path $copy -ErrorVariable errors @quiet
        }
        finally {
            $writer.Dispose()
        }

        $errors | Should -BeNullOrEmpty
        @($read) | Should -HaveCount $alone.Count
    }

    It 'file locked by its writer | <Cmdlet> | an error FileNotReadable; the other files are read' -ForEach $readers {
        $copy = Join-Path $TestDrive "$Cmdlet.locked"
        Copy-Item $samples[$Cmdlet] $copy
        $writer = [System.IO.File]::Open($copy, 'Open', 'ReadWrite', 'None')
        try {
            Assert-OtherIsRead $Cmdlet $copy 'FileNotReadable' 'ReadError'
        }
        finally {
            $writer.Dispose()
        }
    }
}

Describe 'Files and folders that this account may not use (Linux, root, setpriv)' -Tag CI -Skip:(-not $setpriv) {
    BeforeAll {
        # Without the right to bypass permissions, root is an account like any other.
        $folder = Join-Path $TestDrive 'closed'
        $null = New-Item "$folder/old.txt" -Force -Value 'old'
        foreach ($name in 'closed.log', 'closed.lic', 'closed.opt', 'closed.csv') { Set-Content (Join-Path $TestDrive $name) 'closed'; & chmod 000 (Join-Path $TestDrive $name) }
        & chmod 555 $folder
        $result = Invoke-Deprived -By setpriv, '--bounding-set=-dac_override,-dac_read_search' -Given @{ Folder = $folder; Drive = "$TestDrive"; Server = $server.Server } {
            $out = @{}
            foreach ($cmdlet in 'Export-FlexLmMetric', 'Export-FlexLmReport', 'Export-FlexLmSample') {
                & $cmdlet "$($given.Folder)/old.txt" -Server $given.Server -ErrorVariable errors -ErrorAction SilentlyContinue
                $out[$cmdlet] = @($errors.FullyQualifiedErrorId)
            }
            foreach ($pair in @('Import-FlexLmLog', 'closed.log'), @('ConvertFrom-LmStat', 'closed.log'), @('Get-FlexLmLicense', 'closed.lic'), @('Get-FlexLmOption', 'closed.opt'), @('Import-FlexLmSample', 'closed.csv')) {
                & $pair[0] -Path "$($given.Drive)/$($pair[1])" -ErrorVariable errors -ErrorAction SilentlyContinue
                $out[$pair[0]] = @($errors | ForEach-Object { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category)" })
            }
            ConvertTo-Json $out -Compress
        }
    }

    It 'folder not writable | <Cmdlet> | an error FileNotWritable; the old file is whole, no temporary file is left' -ForEach $exports {
        $result.$Cmdlet | Should -HaveCount 1
        $result.$Cmdlet | Should -BeLike 'PSLabNet.FileNotWritable,*'
        (Get-ChildItem $folder).Name | Should -Be 'old.txt'
        Get-Content "$folder/old.txt" | Should -Be 'old'
    }

    It 'file not readable | <Cmdlet> | an error FileNotReadable, PermissionDenied' -ForEach $readers {
        $result.$Cmdlet | Should -HaveCount 1
        $result.$Cmdlet | Should -BeLike 'PSLabNet.FileNotReadable,* PermissionDenied'
    }
}
