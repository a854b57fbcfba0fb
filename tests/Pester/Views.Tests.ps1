# What the tables show: in windows of several widths, with and without color, in files, in jobs, and of objects from elsewhere.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $escape = [string][char] 27
    $longFeature = 'Neural_Network_Toolbox_For_Everybody'
    $longUser = 'maria.magdalena.schmidt'
    $longHost = 'workstation-1234.example.org'
    $license = @"
SERVER this_host ANY
VENDOR MLM
FEATURE $longFeature MLM 1.0 31-dec-2035 4 SIGN=0
FEATURE old MLM 1.0 1-jan-2020 4 SIGN=0
FEATURE full MLM 1.0 31-dec-2035 2 SIGN=0
FEATURE shared MLM 1.0 31-dec-2035 9 SIGN=0
"@
    $server = Start-FlexLmSimulator -LicenseText $license
    $null = $server.Checkout($longFeature, $longUser, $longHost, '/dev/tty', 1)
    $null = $server.Checkout('full', 'anna', 'pc1', '/dev/tty', 2)
    $null = $server.Reserve('shared', 'group', 3)
    # Nobody listens there: a server that is down.
    $dead = '9@127.0.0.1'

    function Get-Lines {
        # The table of objects in a window of a width, without blanks at the end.
        param([object] $Value, [int] $Width = 80)
        @($Value | Format-Table | Out-String -Stream -Width $Width | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ })
    }

    function New-Traffic {
        # Traffic as Watch-IcePapTraffic gives it.
        param([byte[]] $Bytes, [string] $Interface = 'lo')
        $values = [datetimeoffset]::new(2026, 1, 2, 3, 4, 5, 678, [timespan]::Zero), $Interface, [ipaddress] $loopback, $Bytes
        [activator]::CreateInstance([PSLabNet.IcePap.IcePapTraffic], [System.Reflection.BindingFlags] 'NonPublic, Instance', $null, [object[]] $values, $null)
    }

    function Use-Rendering {
        # Runs a script with a setting of $PSStyle.OutputRendering, and sets the old one back.
        param([string] $Rendering, [scriptblock] $Script)
        $before = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = $Rendering
        try { & $Script }
        finally { $PSStyle.OutputRendering = $before }
    }
}

AfterAll { $server | Stop-FlexLmSimulator }

Describe 'Tables' {
    It 'cut no name at 200 columns: <Name>' -ForEach @(
        @{ Name = 'features'; Get = { Get-FlexLmFeature -Server $server.Server }; Shown = { $longFeature, $server.Server } }
        @{ Name = 'checkouts'; Get = { Get-FlexLmCheckout -Server $server.Server }; Shown = { $longFeature, "$longUser@$longHost", $server.Server } }
        @{ Name = 'license lines'; Get = { Get-FlexLmLicense $server.Server }; Shown = { $longFeature } }
        @{ Name = 'pools'; Get = { (Get-FlexLmFeature $longFeature -Server $server.Server).Pools }; Shown = { $longFeature } }
        @{ Name = 'servers'; Get = { Get-FlexLmStatus '27000@license-server-with-a-long-name.physics.invalid' -TimeoutSeconds 5 }; Shown = { '27000@license-server-with-a-long-name.physics.invalid' } }
        @{ Name = 'simulated servers'; Get = { $server }; Shown = { $server.Server, 'MLM' } }
    ) {
        $text = (Get-Lines (& $Get) -Width 200) -join "`n"
        foreach ($one in & $Shown) { $text | Should -BeLike "*$one*" }
    }

    It 'cut no hostname and no interface of a device at 200 columns' {
        $name = 'a23-characters-long-na'
        $device = Start-IcePapSimulator -MacAddress (New-LabMac) -Hostname $name
        try {
            $found = Find-IcePap $name -Interface $loopback -TimeoutSeconds 5
            (Get-Lines $found -Width 200) -join "`n" | Should -BeLike "*$name*"
            (Get-Lines $device -Width 200) -join "`n" | Should -BeLike "*$name*"
            # The object as another computer sends it, from an interface with a long name.
            $row = [pscustomobject] @{ PSTypeName = 'Deserialized.PSLabNet.IcePap.IcePapDevice'; Hostname = $name; IPAddress = '172.24.1.2'; MacAddress = '00:0c:c6:69:13:2d'; Gateway = '172.24.1.1'; Interface = 'vEthernet (Default Switch)' }
            (Get-Lines $row -Width 200)[-1] | Should -Match '172\.24\.1\.2 +00:0c:c6:69:13:2d +172\.24\.1\.1 +a23-characters-long-na +vEthernet \(Default Switch\)$'
        }
        finally { $device | Stop-IcePapSimulator }
    }

    It 'fit a window of <_> columns and have all their columns' -ForEach 80, 120, 200 {
        $width = $_
        foreach ($objects in (Get-FlexLmFeature -Server $server.Server), (Get-FlexLmCheckout -Server $server.Server), (Get-FlexLmStatus $server.Server, $dead), (Get-FlexLmLicense $server.Server)) {
            $narrow = Get-Lines $objects -Width $width
            ($narrow | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $width
            ($narrow[0] -split ' +' | Where-Object { $_ }).Count | Should -Be ((Get-Lines $objects -Width 200)[0] -split ' +' | Where-Object { $_ }).Count
        }
    }

    It 'show the server of each checkout and event' {
        $second = Start-FlexLmSimulator -Vendor other -FeatureCount 1 -CheckoutCount 1
        try {
            $lines = Get-Lines (Get-FlexLmCheckout -Server $server.Server, $second.Server)
            $lines[0] | Should -Match ' Server '
            foreach ($one in $server.Server, $second.Server) { @($lines -match [regex]::Escape($one)).Count | Should -BeGreaterThan 0 }
            $events = @(Watch-FlexLmCheckout -Server $second.Server, $dead -IntervalSeconds 0.2 -Count 1)
            $events.Kind | Should -Be 'ServerDown'
            $lines = Get-Lines $events
            $lines[0] | Should -Match ' Server '
            $lines[-1] | Should -Match "ServerDown .*$dead"
        }
        finally { $second | Stop-FlexLmSimulator }
    }

    It 'show reserved licenses beside those in use' {
        $lines = Get-Lines (Get-FlexLmFeature shared -Server $server.Server)
        $lines[0] | Should -Match 'Issued InUse Reserved Available'
        $lines[-1] | Should -Match '^ +9 +0 +3 +6 '
    }

    It 'show denials with their number and reason' {
        $log = Join-Path $TestDrive 'denied.log'
        Set-Content $log '10:00:00 (MLM) TIMESTAMP 1/6/2026', '10:01:22 (MLM) DENIED: "MATLAB" bob@ws2  (Licensed number of users already reached. (-4,342))', '10:02:00 (MLM) EXITING DUE TO SIGNAL 15'
        $lines = Get-Lines (Import-FlexLmLog $log) -Width 120
        @($lines -match 'Denied +MATLAB +bob@ws2 +-4: Licensed number of').Count | Should -Be 1
        @($lines -match 'Shutdown .*MLM: EXITING DUE').Count | Should -Be 1
        (Get-Lines (Import-FlexLmLog $log) -Width 200) -join "`n" | Should -BeLike '*-4: Licensed number of users already reached.*'
    }

    It 'have a first column with a width, so that a row shows as soon as it is there' {
        # Without a width, PowerShell holds rows back until the next one comes: a watch would show nothing for hours.
        $tables = ([xml] (Get-Content (Join-Path $root 'src/PSLabNet/PSLabNet.Format.ps1xml') -Raw)).SelectNodes('//TableHeaders')
        $tables.Count | Should -BeGreaterThan 10
        foreach ($table in $tables) { $table.TableColumnHeader[0].Width | Should -Match '^\d+$' }
    }

    It 'survive strict mode' {
        Set-StrictMode -Version Latest
        (Get-Lines (Get-FlexLmFeature -Server $server.Server)).Count | Should -Be 6
        (Get-Lines (Get-FlexLmStatus $server.Server)) -join "`n" | Should -BeLike '*Up*MLM*'
        (Get-Lines (New-Traffic (1..17))) -join "`n" | Should -BeLike '*INVALID*'
    }
}

Describe 'Color' {
    It 'marks what is down, expired and full where the host has color (needs $PSStyle)' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        Use-Rendering Ansi {
            $red = [regex]::Escape($PSStyle.Formatting.Error)
            $lines = Get-Lines (Get-FlexLmStatus $server.Server, $dead)
            $lines -join "`n" | Should -Match "${red}Down$escape\[0m"
            @($lines -match 'Up ') | Should -Not -Match $escape
            $lines = Get-Lines (Get-FlexLmFeature -Server $server.Server)
            @($lines -match 'old') | Should -Match "${red}2020-01-01$escape\[0m"
            @($lines -match 'full') | Should -Match "${red} *0$escape\[0m|${red}0"
            @($lines -match 'shared') | Should -Not -Match $escape
            (Get-Lines (Get-FlexLmLicense $server.Server)) -join "`n" | Should -Match "${red}2020-01-01"
        }
    }

    It 'does not move the columns (needs $PSStyle)' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $features = Get-FlexLmFeature -Server $server.Server
        $colored = Use-Rendering Ansi { Get-Lines $features } | ForEach-Object { $_ -replace "$escape\[[0-9;]*m" }
        $plain = Use-Rendering PlainText { Get-Lines $features }
        $colored | ForEach-Object { $_.TrimEnd() } | Should -Be $plain
    }

    It 'is left out with OutputRendering <_> in text and files (needs $PSStyle)' -Skip:($PSVersionTable.PSVersion.Major -lt 7) -ForEach 'Host', 'PlainText' {
        Use-Rendering $_ {
            Get-FlexLmStatus $dead | Out-String | Should -Not -Match $escape
            $file = Join-Path $TestDrive 'status.txt'
            Get-FlexLmStatus $dead > $file
            Get-Content $file -Raw | Should -Not -Match $escape
            Get-Content $file -Raw | Should -Match 'Down'
        }
    }

    It 'is left out of CSV, JSON and HTML (needs $PSStyle)' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        Use-Rendering Ansi {
            $status = Get-FlexLmStatus $dead
            ($status | ConvertTo-Csv) + ($status | ConvertTo-Json -Depth 5) + ($status | ConvertTo-Html) -join "`n" | Should -Not -Match $escape
        }
    }

    It 'is left out of a process with NO_COLOR' {
        $before = $env:NO_COLOR
        $env:NO_COLOR = '1'
        try {
            $text = Invoke-PowerShell -Command "Import-Module '$root/PSLabNet.psd1'; Get-FlexLmStatus $dead" | Out-String
        }
        finally { $env:NO_COLOR = $before }
        $text | Should -Match 'Down'
        $text | Should -Not -Match $escape
    }
}

Describe 'Objects from elsewhere' {
    It 'have the same table before any cmdlet was called, once the module is imported' {
        $file = Join-Path $TestDrive 'features.xml'
        Get-FlexLmFeature -Server $server.Server | Export-Clixml $file
        $expected = Get-Lines (Get-FlexLmFeature -Server $server.Server)
        $lines = Invoke-PowerShell -Command "Import-Module '$root/PSLabNet.psd1'; Import-Clixml '$file' | Format-Table | Out-String -Width 80" | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ }

        # The code page of a console may have a dot for the ellipsis.
        $dots = [char] 0x2026, '.'
        $lines.Replace($dots[0], $dots[1]) | Should -Be $expected.Replace($dots[0], $dots[1])
    }

    It 'have the same table after a job' {
        $job = Start-Job -ScriptBlock { Import-Module $using:root/PSLabNet.psd1; Get-FlexLmCheckout -Server $using:server.Server }
        $returned = $job | Receive-Job -Wait -AutoRemoveJob
        Get-Lines $returned | Should -Be (Get-Lines (Get-FlexLmCheckout -Server $server.Server))
    }
}
