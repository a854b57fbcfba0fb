# Harmful names of devices, servers and users arrive over real sockets or from real files. Each row shows where a name comes from,
# where it would be shown, and what is shown. The rows are the table of docs/hostile-text.md.
BeforeDiscovery { $rows = . (Join-Path $PSScriptRoot 'HostileRows.ps1') }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    if (-not ('Hostile.Device' -as [type])) { Add-Type -Path (Join-Path $PSScriptRoot 'Hostile/*.cs') }
    if ($PSStyle) { $rendering = $PSStyle.OutputRendering; $PSStyle.OutputRendering = 'PlainText' }
    $file = Join-Path $TestDrive 'written'

    # CSI in seven and in eight bits, text directions, zero width, line breaks, a title, DEL, a byte order mark, half of a surrogate pair.
    $half = -join (0xE0ED, 0xE0A0, 0xE0BD | ForEach-Object { [char] $_ })
    $harm = "`e[31m" + [char] 0x9B + '31m' + (-join (0x202E, 0x2066, 0x200B, 0x200F, 0x2028, 0x2029, 0x7F, 0xFEFF | ForEach-Object { [char] $_ })) + "`e]0;title`e\" + $half
    # Names of features and vendors end at white space, and line breaks are white space.
    $harmInName = "`e[31m" + [char] 0x9B + '31m' + (-join (0x202E, 0x2066, 0x200B, 0x200F, 0x7F, 0xFEFF | ForEach-Object { [char] $_ }))
    $hostname = "`e[31m" + [char] 0xE09B + "2J`a`r`n<b>=`$(calc)"

    function Assert-Harmless {
        # Nothing in the text acts on a terminal, and the text contains the visible form of what was sent.
        param([string] $Text, [string] $Visible, [switch] $Pattern)
        $found = [regex]::Match($Text, '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}-[\r\n\t]]')
        $where = if ($found.Success) { '{0:x4} in: {1}' -f [int] $found.Value[0], ($Text.Substring([Math]::Max(0, $found.Index - 60), [Math]::Min(80, $Text.Length - [Math]::Max(0, $found.Index - 60))) -replace '\p{C}', '?') }
        $where | Should -BeNullOrEmpty
        if ($Pattern) { $Text | Should -Match $Visible }
        elseif ($Visible) { $Text.Contains($Visible) | Should -BeTrue -Because "'$Visible' is to be seen in: $($Text.Substring(0, [Math]::Min(3000, $Text.Length)))" }
    }

    function Get-AllText($Object) {
        # The object as a string, and every property as a list shows it.
        $Object | ForEach-Object {
            "$_"
            $_.PSObject.Properties | ForEach-Object { "$($_.Name) = $($_.Value)" }
        } | Out-String -Width 10000
        $Object | Format-List * | Out-String -Width 10000
    }

    function Get-StreamText {
        # What a command writes to each stream, as PowerShell would show it.
        param([string] $Script)
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$root/PSLabNet.psd1'; `$VerbosePreference = `$DebugPreference = `$WarningPreference = `$InformationPreference = `$ErrorActionPreference = 'Continue'; if (`$PSStyle) { `$PSStyle.OutputRendering = 'PlainText' }; & { $Script } | Out-String -Width 300")
            $output = $shell.Invoke() -join "`n"
            # PowerShell also shows the line that failed, which is what the user typed.
            $messages = $shell.Streams.Error | ForEach-Object { $_.Exception.Message; "$($_.ErrorDetails)"; $_.ErrorDetails.RecommendedAction; $_.FullyQualifiedErrorId }
            $errors = @($messages) + @($shell.Streams.Error | ForEach-Object { "$($_.TargetObject)"; $_.CategoryInfo.ToString(); "$_"; $_ | Out-String -Width 300 })
            $said = [pscustomobject] @{
                Output = $output
                Messages = $messages -join "`n"
                Error = $errors -join "`n"
                Warning = $shell.Streams.Warning -join "`n"
                Verbose = $shell.Streams.Verbose -join "`n"
                Debug = $shell.Streams.Debug -join "`n"
                Progress = ($shell.Streams.Progress | ForEach-Object { $_.ToString() }) -join "`n"
                All = ''
            }
            $said.All = $said.Output, $said.Error, $said.Warning, $said.Verbose, $said.Debug, $said.Progress -join "`n"
            $said
        }
        finally {
            $shell.Dispose()
        }
    }

    function Get-HostText([string] $Script) {
        # The terminal output of a separate PowerShell; its prompts are answered with no.
        $command = $powerShell + '-NoProfile', '-Command', "Import-Module '$root/PSLabNet.psd1'; $Script"
        $start = [System.Diagnostics.ProcessStartInfo]::new($command[0], [string[]] $command[1..($command.Count - 1)])
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.StandardOutputEncoding = [System.Text.Encoding]::UTF8
        $start.EnvironmentVariables['NO_COLOR'] = '1'
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $process.StandardInput.WriteLine('n')
            $process.StandardInput.Close()
            $errors = $process.StandardError.ReadToEndAsync()
            $process.StandardOutput.ReadToEnd() + $errors.GetAwaiter().GetResult()
        }
        finally {
            $process.Dispose()
        }
    }
}

AfterAll {
    if ($PSStyle) { $PSStyle.OutputRendering = $rendering }
}

Describe 'Hostile text' {
    BeforeEach {
        $mac = New-LabMac
        $device = [Hostile.Device]::new($mac.GetAddressBytes(), $hostname)
        $server = [Hostile.LicenseServer]::new()
        $server.DaemonName = 'lmgrd' + $harm
        $server.Path = '/lic/' + $harm
        $server.Vendor = 'vend' + $harmInName
        $server.Feature = 'feat' + $harmInName
        $server.License = "VENDOR vend$harmInName`nINCREMENT feat$harmInName vend$harmInName 1.0 permanent 10 SIGN=AAAABBBB"
        $server.User = 'user' + $harm
        $server.Host = 'host' + $harm
        $server.Display = 'display' + $harm
        $server.Version = '1' + $harm
        $server.Group = 'group' + $harm
    }

    AfterEach {
        $device.Dispose()
        $server.Dispose()
    }

    It '<Source> | <Channel> | <Shown>' -ForEach $rows {
        & $Do
    }

    It 'stands in the table of docs/hostile-text.md: <Source>, <Channel>' -ForEach $rows {
        Get-Content (Join-Path $root 'docs/hostile-text.md') | Should -Contain "| $Source | $Channel | $Shown |"
    }
}
