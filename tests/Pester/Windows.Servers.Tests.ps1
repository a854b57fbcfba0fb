# How license servers are named and found on Windows: registry, semicolons, drive letters, shares.
BeforeDiscovery { $onWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\' }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $key = 'SOFTWARE\FLEXlm License Manager'
    $places = @(
        @{ Name = 'HKCU'; Hive = 'CurrentUser'; View = 'Registry64' }
        @{ Name = 'HKLM'; Hive = 'LocalMachine'; View = 'Registry64' }
        @{ Name = 'HKLM of 32-bit programs'; Hive = 'LocalMachine'; View = 'Registry32' }
    )

    function Invoke-InKey {
        # Runs a block with the key of one place, which is made if need be.
        param([hashtable] $Place, [scriptblock] $Block)
        $hive = [Microsoft.Win32.RegistryKey]::OpenBaseKey($Place.Hive, $Place.View)
        try {
            $opened = $hive.CreateSubKey($key)
            try { & $Block $opened }
            finally { $opened.Dispose() }
        }
        finally { $hive.Dispose() }
    }

    function Set-Registered {
        param([hashtable] $Place, [string] $Name, [string] $Value, [string] $Kind = 'String')
        Invoke-InKey $Place { $args[0].SetValue($Name, $Value, $Kind) }
    }

    function Get-Registered {
        # The names of all values that name servers, in all places.
        foreach ($place in $places) { Invoke-InKey $place { $args[0].GetValueNames() -like '*_LICENSE_FILE' } }
    }
}

Describe 'License servers of Windows (Windows)' -Skip:(-not $onWindows) {
    BeforeAll {
        $before = @{}
        Get-ChildItem env:*_LICENSE_FILE | ForEach-Object { $before[$_.Name] = $_.Value; Remove-Item "env:$($_.Name)" }
        # The servers of this machine are none of a test's business.
        $foreign = @(Get-Registered)
        $servers = 1..3 | ForEach-Object { Start-FlexLmSimulator -Vendor "v$_" -FeatureCount 1 }
        $licenseText = { param($server) "SERVER 127.0.0.1 ANY $($server.Port)`r`nVENDOR v1`r`n" }
        $folder = Join-Path $TestDrive "Lizenzen f$([char] 0xFC)r alle"
        $null = New-Item -ItemType Directory $folder
        $license = Join-Path $folder 'one.lic'
        [System.IO.File]::WriteAllText($license, (& $licenseText $servers[0]))
    }

    AfterEach {
        foreach ($place in $places) {
            Invoke-InKey $place { foreach ($name in $args[0].GetValueNames() -like 'PSLABNET*') { $args[0].DeleteValue($name) } }
        }
        $env:LM_LICENSE_FILE = $null
    }

    AfterAll {
        $before.Keys | ForEach-Object { Set-Item "env:$_" $before[$_] }
        Stop-FlexLmSimulator
    }

    It 'are found in <Name>' -ForEach @(@{ Name = 'HKCU'; At = 0 }, @{ Name = 'HKLM'; At = 1 }, @{ Name = 'HKLM of 32-bit programs'; At = 2 }) {
        if ($foreign) { Set-ItResult -Skipped -Because "the registry of this machine names servers: $foreign"; return }
        Set-Registered $places[$At] PSLABNET_LICENSE_FILE "$($servers[0].Server);$($servers[1].Server)"
        (Get-FlexLmStatus).Server | Sort-Object | Should -Be @($servers[0, 1].Server | Sort-Object)
    }

    It 'are found in all places, each once' {
        if ($foreign) { Set-ItResult -Skipped -Because "the registry of this machine names servers: $foreign"; return }
        0..2 | ForEach-Object { Set-Registered $places[$_] PSLABNET_LICENSE_FILE "$($servers[$_].Server);$($servers[0].Server)" }
        (Get-FlexLmStatus).Server | Sort-Object | Should -Be @($servers.Server | Sort-Object)
    }

    It 'are found behind a value of 40,000 characters' {
        if ($foreign) { Set-ItResult -Skipped -Because "the registry of this machine names servers: $foreign"; return }
        $long = "$($servers[0].Server);" * [math]::Ceiling(40000 / ($servers[0].Server.Length + 1))
        foreach ($place in $places[0, 1]) {
            Set-Registered $place PSLABNET1_LICENSE_FILE $long
            Set-Registered $place PSLABNET2_LICENSE_FILE $servers[1].Server
        }
        (Get-FlexLmStatus).Server | Sort-Object | Should -Be @($servers[0, 1].Server | Sort-Object)
    }

    It 'are found in license files below %PROGRAMDATA%, which the registry names with the variable' {
        if ($foreign) { Set-ItResult -Skipped -Because "the registry of this machine names servers: $foreign"; return }
        $file = Join-Path $env:ProgramData "pslabnet-test-$PID.lic"
        [System.IO.File]::WriteAllText($file, (& $licenseText $servers[2]))
        try {
            Set-Registered $places[1] PSLABNET_LICENSE_FILE "%PROGRAMDATA%\pslabnet-test-$PID.lic" 'ExpandString'
            (Get-FlexLmStatus).Port | Should -Be $servers[2].Port
        }
        finally { Remove-Item $file }
    }

    It 'are none: the error and -Verbose list the three keys' {
        if ($foreign) { Set-ItResult -Skipped -Because "the registry of this machine names servers: $foreign"; return }
        $verbose = Get-FlexLmStatus -Verbose -ErrorVariable errors -ErrorAction SilentlyContinue 4>&1 | ForEach-Object ToString
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.NoServer,*'
        foreach ($name in 'HKCU\SOFTWARE\FLEXlm License Manager', 'HKLM\SOFTWARE\FLEXlm License Manager', 'HKLM\SOFTWARE\Wow6432Node\FLEXlm License Manager') {
            @($verbose) -like "*${name}: nothing set*" | Should -Not -BeNullOrEmpty
            "$($errors[0])" | Should -BeLike "*${name}: nothing set*"
        }
    }

    It 'are separated by semicolons, beside paths with drive letters' {
        $env:LM_LICENSE_FILE = "$license;$($servers[1].Server);"
        (Get-FlexLmStatus).Port | Sort-Object | Should -Be @($servers[0, 1].Port | Sort-Object)
    }

    It 'are read from <Form> of a license file' -ForEach @(
        @{ Form = 'the full path'; Path = { $license } }
        @{ Form = 'the path with slashes'; Path = { $license.Replace('\', '/') } }
        @{ Form = 'a path relative to the location'; Path = { '.\one.lic' } }
        @{ Form = 'a path in quotes'; Path = { """$license""" } }
        @{ Form = 'the folder'; Path = { $folder } }
    ) {
        Push-Location $folder
        try { (Get-FlexLmStatus -Server (& $Path)).Port | Should -Be $servers[0].Port }
        finally { Pop-Location }
    }

    It 'are read from a license file on a share' {
        # Wine finds shares in a folder of its prefix; Windows has one for each drive, for administrators.
        $share = "\\localhost\$($folder.Substring(0, 1))`$$($folder.Substring(2))"
        if ($env:WINEPREFIX) {
            $shares = "Z:$($env:WINEPREFIX.Replace('/', '\'))\dosdevices\unc\pslabnet\lic"
            $null = New-Item -ItemType Directory $shares -Force
            Copy-Item $license $shares
            $share = '\\pslabnet\lic'
        }

        if (-not (Test-Path -LiteralPath "$share\one.lic")) { Set-ItResult -Skipped -Because "this account cannot read $share"; return }
        (Get-FlexLmStatus -Server "$share\one.lic").Port | Should -Be $servers[0].Port
        $env:LM_LICENSE_FILE = "$share\one.lic;$($servers[1].Server)"
        (Get-FlexLmStatus).Port | Sort-Object | Should -Be @($servers[0, 1].Port | Sort-Object)
        (Get-FlexLmLicense -Path "$share\*.lic").Kind | Should -Contain 'Server'
    }
}
