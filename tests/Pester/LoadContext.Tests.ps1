# Other modules contain System.IO.Hashing too, in other versions. Each test has a separate PowerShell, where nothing is loaded yet.
BeforeDiscovery {
    $isCore = $PSEdition -eq 'Core'
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $older = Join-Path $root 'tests/Pester/bin/System.IO.Hashing/System.IO.Hashing.dll'
    $module = Join-Path $root 'PSLabNet.psd1'

    # Commands for the tests' scripts: load the other version, use it, find a simulated device.
    $start = "
        `$ErrorActionPreference = 'Stop'
        function Import-Older { [System.Reflection.Assembly]::LoadFrom('$($older -replace "'", "''")') }
        function Get-OlderChecksum {
            param([System.Reflection.Assembly] `$Assembly)
            `$crc = `$Assembly.GetType('System.IO.Hashing.Crc32')
            '{0} {1}' -f `$Assembly.GetName().Version, [System.BitConverter]::ToString(`$crc::Hash([System.Text.Encoding]::ASCII.GetBytes('123456789')))
        }
        function Import-Ours { Import-Module '$($module -replace "'", "''")' @args }
        function Find-One {
            `$one = Start-IcePapSimulator -Hostname icetest -MacAddress ('02' + [guid]::NewGuid().ToString('N').Substring(0, 10))
            try { (Find-IcePap -Interface 127.0.0.1 -MacAddress `$one.MacAddress -TimeoutSeconds 10).Hostname }
            finally { `$one | Stop-IcePapSimulator }
        }
        function Get-Loaded {
            [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'System.IO.Hashing' } | ForEach-Object {
                '{0} {1}' -f `$_.GetName().Version, [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name } | Sort-Object
        }
    "

    function Invoke-Fresh {
        param([string] $Script)
        $said = Invoke-PowerShell -Command "$start; $Script"
        if ($LASTEXITCODE -ne 0) { throw "The script failed: $($said -join "`n")" }
        $said
    }

    # The check value of CRC-32, low byte first.
    $olderWorks = '6.0.0.0 26-39-F4-CB'
    $ours, $theirs = '10.0.0.12 PSLabNet', '6.0.0.0 Default'
}

Describe 'The package that the module brings along (PowerShell 7)' -Skip:(-not $isCore) {
    It 'is loaded in a context of its own, in the version that was built against' {
        Invoke-Fresh 'Import-Ours; Find-One; Get-Loaded' | Should -Be 'icetest', $ours
        $file = Join-Path $root 'bin/net8.0/System.IO.Hashing.dll'
        (Get-Item $file).VersionInfo.ProductVersion -replace '\+.*' | Should -Be '10.0.12'
    }

    It 'is loaded beside an older one that the session already has' {
        Invoke-Fresh '$other = Import-Older; Import-Ours; Find-One; Get-OlderChecksum $other; Get-Loaded' |
            Should -Be 'icetest', $olderWorks, $ours, $theirs
    }

    It 'does not keep the session from loading and using an older one afterwards' {
        Invoke-Fresh 'Import-Ours; Find-One; $other = Import-Older; Get-OlderChecksum $other; Find-One; Get-Loaded' |
            Should -Be 'icetest', $olderWorks, 'icetest', $ours, $theirs
    }

    It 'is loaded once, however often the module is imported' {
        Invoke-Fresh 'Import-Ours; Find-One; Import-Ours; Import-Ours -Force; Find-One; Get-Loaded' | Should -Be 'icetest', 'icetest', $ours
    }

    It 'is loaded once for two runspaces' {
        $script = '
            $two = [powershell]::Create()
            $null = $two.AddScript("function Import-Ours { ${function:Import-Ours} }; function Find-One { ${function:Find-One} }; Import-Ours; Find-One")
            Import-Ours; Find-One; $two.Invoke(); $two.Dispose(); Get-Loaded'
        Invoke-Fresh $script | Should -Be 'icetest', 'icetest', $ours
    }

    It 'is still there when the module is removed and imported again' {
        Invoke-Fresh 'Import-Ours; Find-One; Remove-Module PSLabNet; Import-Ours; Find-One; Get-Loaded' | Should -Be 'icetest', 'icetest', $ours
    }
}

Describe 'A PowerShell that is too old' {
    It 'is told so in one error that names both versions' {
        $copy = New-Item -ItemType Directory (Join-Path $TestDrive 'PSLabNet')
        $asked = (Get-Content $module -Raw) -replace "(PowerShellVersion\s*=).*", '$1 ''99.0'''
        Set-Content (Join-Path $copy.FullName 'PSLabNet.psd1') $asked
        $said = Invoke-Fresh "Import-Module '$($copy.FullName)/PSLabNet.psd1' -ErrorAction SilentlyContinue -ErrorVariable wrong; @(`$wrong).Count; `$wrong[0].Exception.Message"
        $said | Should -HaveCount 2
        $said[0] | Should -Be 1
        $said[1] | Should -BeLike "*'$($PSVersionTable.PSVersion)'*'99.0'*"
    }

    It 'is one below 7.4, or Windows PowerShell below 5.1' {
        $text = Get-Content $module -Raw
        foreach ($pair in ('Core', '7.4'), ('Desktop', '5.1')) {
            (& ([scriptblock]::Create($text.Replace('$PSEdition', "'$($pair[0])'")))).PowerShellVersion | Should -Be $pair[1]
        }
    }
}
