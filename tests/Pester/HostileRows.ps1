# The rows of HostileText.Tests.ps1: where a name comes from, where it would be shown, what is shown, and how to see it.
@{ Source = 'IcePAP hostname'; Channel = 'objects, tables and lists of `Find-IcePap`'; Shown = 'escaped: `\x1b[31m\x9b2J`'; Do = {
    $device = Find-IcePap -MacAddress $mac -Interface $loopback
    Assert-Harmless (Get-AllText $device) '\x1b[31m\x9b2J\x07\x0d\x0a'
    Assert-Harmless ($device | Format-Table | Out-String -Width 200) '\x1b[31m\x9b2J'
} }
@{ Source = 'IcePAP hostname'; Channel = 'warnings, verbose and debug of `Find-IcePap`'; Shown = 'escaped; bytes in hexadecimal'; Do = {
    # Two devices that claim the same name are a warning.
    $twin = [Hostile.Device]::new((New-LabMac).GetAddressBytes(), $hostname)
    try { $said = Get-StreamText { Find-IcePap -Interface 127.0.0.1 } } finally { $twin.Dispose() }
    $said.Warning | Should -Match 'Two devices claim'
    Assert-Harmless $said.Warning '\x1b[31m\x9b2J'
    Assert-Harmless $said.Debug '1B-5B-33-31-6D|1B 5B 33 31 6D' -Pattern
    Assert-Harmless $said.All '\x1b[31m'
} }
@{ Source = 'IcePAP hostname'; Channel = '`-WhatIf` and `-Confirm` of `Set-IcePapNetwork`'; Shown = 'escaped, old and new'; Do = {
    $asked = Get-HostText "Set-IcePapNetwork $mac -Hostname good -Interface 127.0.0.1 -WhatIf; Set-IcePapNetwork $mac -Hostname good -Interface 127.0.0.1"
    $asked | Should -Match 'What if: Set network of'
    # PowerShell for Windows asks in the console itself, wherever its output goes: only what WhatIf says is seen here.
    if (-not $IsWindows) { $asked | Should -Match 'Set the network of' }
    ([regex]::Matches($asked, [regex]::Escape('Hostname \x1b[31m\x9b2J\x07\x0d\x0a<b>=$(calc) -> good'))).Count | Should -BeGreaterOrEqual $(if ($IsWindows) { 1 } else { 2 })
    Assert-Harmless $asked '\x1b[31m'
    $device.Updates | Should -Be 0
} }
@{ Source = 'IcePAP hostname'; Channel = 'errors of `Set-IcePapNetwork`'; Shown = 'escaped'; Do = {
    # The device keeps its name: this causes a warning, and does not prevent another change.
    $said = Get-StreamText "Set-IcePapNetwork $mac -IPAddress 10.9.8.8 -Interface 127.0.0.1 -Confirm:`$false"
    $said.Error | Should -Match 'PSLabNet\.VerificationFailed'
    $said.Warning | Should -Match 'Hostname'
    Assert-Harmless $said.All '\x1b[31m\x9b2J'

    # This device acknowledges and changes nothing.
    $said = Get-StreamText "Set-IcePapNetwork $mac -Hostname good -Interface 127.0.0.1 -Confirm:`$false"
    $said.Error | Should -Match 'PSLabNet\.VerificationFailed'
    Assert-Harmless $said.All 'Hostname is \x1b[31m\x9b2J'
    $device.Updates | Should -BeGreaterThan 0
} }
@{ Source = 'IcePAP hostname'; Channel = 'a device piped into `Set-IcePapNetwork`, an object or a row of CSV'; Shown = 'rejected by the parameter, escaped in the error'; Do = {
    Find-IcePap -MacAddress $mac -Interface $loopback | Export-Csv (Join-Path $TestDrive 'devices.csv') -NoTypeInformation
    $said = Get-StreamText "Find-IcePap -MacAddress $mac -Interface 127.0.0.1 | Set-IcePapNetwork -PrefixLength 23 -Interface 127.0.0.1 -Confirm:`$false; Import-Csv '$(Join-Path $TestDrive 'devices.csv')' | Set-IcePapNetwork -PrefixLength 23 -Interface 127.0.0.1 -Confirm:`$false"
    ([regex]::Matches($said.Error, 'ParameterArgumentValidationError')).Count | Should -BeGreaterOrEqual 2
    Assert-Harmless $said.All '\x1b[31m\x9b2J'
    $device.Updates | Should -Be 0
} }
@{ Source = 'IcePAP hostname'; Channel = '`Watch-IcePapTraffic`, `ConvertFrom-IcePapPacket`'; Shown = 'escaped; bytes in hexadecimal'; Do = {
    $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; Watch-IcePapTraffic -Interface 127.0.0.1 -MacAddress $mac -Count 1 -Verbose")
    try {
        $running = $shell.BeginInvoke()
        while (-not ($shell.Streams.Verbose -match 'Listening') -and -not $running.IsCompleted) { $null = $running.AsyncWaitHandle.WaitOne(10) }
        $device.Speak()
        if (-not $running.AsyncWaitHandle.WaitOne(60000)) { throw 'The watch did not end.' }
        $traffic = $shell.EndInvoke($running)[0]
    }
    finally {
        $shell.Dispose()
    }
    Assert-Harmless (Get-AllText $traffic) '\x1b[31m\x9b2J'
    Assert-Harmless (Get-AllText $traffic.Packet) '\x1b[31m\x9b2J'
    $packet = ConvertFrom-IcePapPacket -Bytes $traffic.Raw
    Assert-Harmless (Get-AllText $packet) '\x1b[31m\x9b2J'
    Assert-Harmless (Get-AllText $packet.Payload) '\x1b[31m\x9b2J'
} }
@{ Source = 'FlexLM host, daemon, path, vendor'; Channel = 'objects, tables and lists of `Get-FlexLmStatus`'; Shown = 'escaped: `\x1b[31m\x9b31m\u202e`'; Do = {
    $status = Get-FlexLmStatus $server.Server -WarningAction SilentlyContinue
    Assert-Harmless (Get-AllText $status) '/lic/\x1b[31m\x9b31m\u202e\u2066\u200b\u200f\u2028\u2029\x7f\ufeff'
    Assert-Harmless (Get-AllText $status) 'vend\x1b[31m\x9b31m\u202e'
    Assert-Harmless ($status | Format-Table | Out-String -Width 300) 'vend\x1b[31m'
    Assert-Harmless (Get-AllText $status.Vendors) 'vend\x1b[31m\x9b31m\u202e'
} }
@{ Source = 'FlexLM host, daemon, path, vendor'; Channel = 'warnings, verbose, debug and errors of every query'; Shown = 'escaped; bytes in hexadecimal'; Do = {
    $server.ManagerHost = 'nowhere' + $harmInName
    $server.DaemonHost = 'nowhere' + $harmInName
    $queries = 'Get-FlexLmStatus', 'Get-FlexLmFeature', 'Get-FlexLmCheckout', 'Get-FlexLmLicense', "Export-FlexLmMetric '$(Join-Path $TestDrive x.prom)'", "Export-FlexLmReport '$(Join-Path $TestDrive x.html)'"
    foreach ($query in $queries) {
        $said = Get-StreamText "$query -Server $($server.Server)"
        $said.Warning | Should -Match 'does not resolve'
        Assert-Harmless $said.Warning 'nowhere\x1b[31m\x9b31m\u202e'
        Assert-Harmless $said.All '\x1b[31m'
        $said.Debug | Should -Match '1B 5B 33 31 6D'
    }
} }
@{ Source = 'FlexLM host, daemon, path, vendor'; Channel = 'errors about a vendor daemon that is another one, or that answers with an error'; Shown = 'escaped'; Do = {
    $server.OtherDaemon = 'another' + $harmInName
    $said = Get-StreamText "Get-FlexLmStatus $($server.Server) | Format-List *; Get-FlexLmFeature -Server $($server.Server)"
    $said.Error | Should -Match 'PSLabNet\.VendorDown'
    Assert-Harmless $said.All "the daemon 'another\x1b[31m\x9b31m\u202e"
    $server.OtherDaemon = ''
    $server.Error = -60
    $said = Get-StreamText "Get-FlexLmFeature -Server $($server.Server)"
    $said.All | Should -Match '-60'
    Assert-Harmless $said.All 'vend\x1b[31m'
} }
@{ Source = 'FlexLM feature, user, host, display, version, group'; Channel = 'objects, tables and lists of `Get-FlexLmFeature`, `Get-FlexLmCheckout`'; Shown = 'escaped: `\x1b[31m\x9b31m\u202e`; bytes that are not UTF-8 are read as Latin-1'; Do = {
    $feature = Get-FlexLmFeature -Server $server.Server -WarningAction SilentlyContinue
    Assert-Harmless (Get-AllText $feature) 'feat\x1b[31m'
    Assert-Harmless ($feature | Format-Table | Out-String -Width 300) 'feat\x1b[31m'
    foreach ($checkout in @($feature.Checkouts) + @(Get-FlexLmCheckout -Server $server.Server -WarningAction SilentlyContinue)) {
        Assert-Harmless (Get-AllText $checkout) '\x1b[31m\x9b31m\u202e\u2066'
        Assert-Harmless ($checkout | Format-Table | Out-String -Width 300) '\x1b[31m'
    }
    $feature.Checkouts[0].Display | Should -BeLike "*$([char]0xED)$([char]0xA0)$([char]0xBD)"
} }
@{ Source = 'FlexLM feature, user, host, display, version, group'; Channel = 'objects that come back from a job or another machine'; Shown = 'escaped'; Do = {
    $objects = @(Get-FlexLmStatus $server.Server -WarningAction SilentlyContinue) + @(Get-FlexLmFeature -Server $server.Server -WarningAction SilentlyContinue) + @(Get-FlexLmCheckout -Server $server.Server -WarningAction SilentlyContinue)
    foreach ($object in $objects) {
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($object, 4))
        Assert-Harmless (Get-AllText $back) '\x1b[31m'
        Assert-Harmless ($back | Format-Table | Out-String -Width 300) '\x1b[31m'
    }
} }
@{ Source = 'FlexLM feature, user, host, display, version, group'; Channel = 'events of `Watch-FlexLmCheckout`'; Shown = 'escaped'; Do = {
    $server.Users = 2
    $change = Watch-FlexLmCheckout -Server $server.Server -IntervalSeconds 0.05 -Count 1 -DurationSeconds 60 -WarningAction SilentlyContinue
    Assert-Harmless (Get-AllText $change) '\x1b[31m\x9b31m\u202e'
    Assert-Harmless ($change | Format-Table | Out-String -Width 300) '\x1b[31m'
} }
@{ Source = 'FlexLM feature, user, host, display, version, group'; Channel = 'labels of `Export-FlexLmMetric`'; Shown = 'escaped, with backslash and quote as Prometheus requires: `\\x1b[31m`'; Do = {
    Export-FlexLmMetric $file -Server $server.Server -WarningAction SilentlyContinue
    $text = Get-Content $file -Raw
    Assert-Harmless $text '\\x1b[31m\\x9b31m\\u202e'
    foreach ($line in $text.TrimEnd("`n").Split("`n")) {
        $line | Should -Match '^(# (HELP|TYPE) .*|[a-z_]+(\{[a-z_]+="([^"\\]|\\[\\"n])*"(,[a-z_]+="([^"\\]|\\[\\"n])*")*\})? [-+.0-9a-zA-Z]+)$'
    }
} }
@{ Source = 'FlexLM feature, user, host, display, version, group'; Channel = 'the page of `Export-FlexLmReport`'; Shown = 'escaped, also as HTML text: `&lt;script&gt;`'; Do = {
    $server.User = '<script>alert(1)</script>"''&--><svg onload=x>' + $harm
    $server.Host = '</style><style>*{display:none}' + $harm
    Export-FlexLmReport $file -Server $server.Server -WarningAction SilentlyContinue
    $page = Get-Content $file -Raw
    Assert-Harmless $page '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;--&gt;&lt;svg onload=x&gt;\x1b[31m\x9b31m\u202e'
    $page | Should -Not -Match '<script>alert|<svg onload|</style><style>'
    # The page is also XML, so an extra element would show.
    { [xml] $page } | Should -Not -Throw
    ([regex]::Matches($page, '<script')).Count | Should -Be ([regex]::Matches($page, '</script>')).Count
} }
@{ Source = 'FlexLM names with quotes, line feeds and braces'; Channel = 'labels of `Export-FlexLmMetric`'; Shown = 'one label: `a\"} 1\\x0aup 0`'; Do = {
    $server.User = "a`"} 1`nup{x=`"\"
    Export-FlexLmMetric $file -Server $server.Server -WarningAction SilentlyContinue
    $text = Get-Content $file -Raw
    $text | Should -Match ([regex]::Escape('user="a\"} 1\\x0aup{x=\"\\"'))
    $text | Should -Not -Match '(?m)^up'
} }
@{ Source = 'FlexLM names that begin like formulas: `=`, `+`, `-`, `@`, tab'; Channel = '`Export-Csv` of objects'; Shown = 'the value unchanged, control characters escaped; the script below puts an apostrophe before it'; Do = {
    $csv = Join-Path $TestDrive 'use.csv'
    $recipe = [regex]::Match((Get-Content (Join-Path $root 'docs/hostile-text.md') -Raw), '(?s)## Formulas in spreadsheets.*?```powershell\n(.*?)```').Groups[1].Value
    $recipe | Should -Match 'Export-Csv use\.csv'
    $recipe = $recipe.Replace('use.csv', "'$csv'").Replace('Get-FlexLmCheckout', "Get-FlexLmCheckout -Server $($server.Server) -WarningAction SilentlyContinue")
    foreach ($start in '=', '+', '-', '@', "`t", "`r") {
        $server.User = $start + 'cmd|''/c calc''!A1'
        Get-FlexLmCheckout -Server $server.Server -WarningAction SilentlyContinue | Export-Csv $csv -NoTypeInformation
        $row = @(Import-Csv $csv)[0]
        $shown = $(if ($start -eq "`t") { '\x09' } elseif ($start -eq "`r") { '\x0d' } else { $start }) + 'cmd|''/c calc''!A1'
        $row.User | Should -BeExactly $shown
        Assert-Harmless (Get-Content $csv -Raw) $shown
        & ([scriptblock]::Create($recipe))
        @(Import-Csv $csv)[0].User | Should -Match "^('[-=+@]|\\x0[9d])cmd"
        (Import-Csv $csv | ForEach-Object { $_.PSObject.Properties.Value } | Where-Object { $_ -match '^[-=+@]' }) | Should -BeNullOrEmpty
    }
} }
@{ Source = 'FlexLM names of 60 KiB'; Channel = 'tables; the page of `Export-FlexLmReport`'; Shown = 'cut to the width of the table; cut to 160 characters on the page'; Do = {
    $server.User = 'n' * 60000
    $checkout = Get-FlexLmCheckout -Server $server.Server -WarningAction SilentlyContinue
    @($checkout)[0].User.Length | Should -Be 60000
    $table = $checkout | Format-Table | Out-String -Width 120
    ($table -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 121
    Get-FlexLmFeature -Server $server.Server -WarningAction SilentlyContinue | Export-FlexLmReport $file
    (Get-Item $file).Length | Should -BeLessThan 100KB
    Get-Content $file -Raw | Should -Match "n$([char] 0x2026) \(60000 characters\)"
} }
@{ Source = 'FlexLM features, vendors: `$(...)`, `;`, backtick, quotes, `-Force`, `@x`'; Channel = 'completion of `-Feature`, `-Name`, `-Vendor`'; Shown = 'one quoted word, which is the name and runs nothing'; Do = {
    $names = '$(calc)', 'a;b', '`n', "q'uote", 'dq"uote', '-Force', '@splat', 'a,b', '{x}', "typo$([char]0x2019)graphic", '#no', '&run', '|pipe', '(sub)', '$env:X', '>out', '-Confirm:0', "`e[31m"
    $server.License = (@("VENDOR vend") + @($names | ForEach-Object { 'INCREMENT ' + $_.Replace('"', '\"') + ' vend 1.0 permanent 10 SIGN=AAAABBBB' })) -join "`n"
    $server.Feature = $names -join ' '
    $server.Vendor = 'vend -Force $(calc)'
    $seen = @(Get-FlexLmFeature -Server $server.Server -WarningAction SilentlyContinue -ErrorAction SilentlyContinue) | ForEach-Object Name
    @($seen).Count | Should -BeGreaterOrEqual ($names.Count - 2)
    foreach ($line in 'Get-FlexLmFeature -Name ', 'Get-FlexLmCheckout -Feature ', 'Get-FlexLmFeature -Vendor ', 'Get-FlexLmCheckout -Server ') {
        $completions = (TabExpansion2 $line -cursorColumn $line.Length).CompletionMatches
        foreach ($match in $completions) {
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($line + $match.CompletionText, [ref] $null, [ref] $null)
            $elements = $tree.EndBlock.Statements[0].PipelineElements[0].CommandElements
            $tree.EndBlock.Statements.Count | Should -Be 1
            $elements.Count | Should -Be 3 -Because $match.CompletionText
            $elements[2].GetType().Name | Should -BeIn 'StringConstantExpressionAst', 'ConstantExpressionAst' -Because $match.CompletionText
            "$($elements[2].Value)" | Should -BeExactly $match.ListItemText
            Assert-Harmless ($match.CompletionText + $match.ListItemText + $match.ToolTip)
        }
        if ($line -like '*-Name *') { $completions.ListItemText | Should -Contain '-Force' }
        if ($line -notlike '*-Server *') { $completions.ListItemText | Should -Contain $(if ($line -like '*Vendor*') { 'vend' } else { '$(calc)' }) }
    }
} }
@{ Source = 'FlexLM license file, from a server'; Channel = 'objects, errors and lists of `Get-FlexLmLicense`; `-Raw`'; Shown = 'escaped; lines stay lines'; Do = {
    $server.License = "VENDOR vend`nINCREMENT f vend 1.0$harmInName permanent 10 SIGN=AAAABBBB NOTICE=`"x$harm`"`nODD$harm`n"
    $said = Get-StreamText "Get-FlexLmLicense $($server.Server) | Format-List *; Get-FlexLmLicense $($server.Server) | Format-Table"
    $said.Error | Should -Match 'PSLabNet\.LicenseFault'
    Assert-Harmless $said.All '\x1b[31m\x9b31m\u202e'
    $raw = Get-FlexLmLicense $server.Server -Raw -ErrorAction SilentlyContinue
    Assert-Harmless $raw '\x1b[31m\x9b31m\u202e'
    $raw.Split("`n").Count | Should -BeGreaterOrEqual 3
} }
@{ Source = 'license file, from a folder'; Channel = 'objects, errors and lists of `Get-FlexLmLicense -Path`'; Shown = 'escaped; `-Raw` is the file as it is'; Do = {
    $path = Join-Path $TestDrive 'hostile.lic'
    [System.IO.File]::WriteAllBytes($path, [Hostile.Bytes]::Of("SERVER host$harmInName ANY 27000`nINCREMENT f$harmInName vend 1.0 permanent 10 SIGN=AAAABBBB NOTICE=`"x$harm`"`nODD$harm`n"))
    $said = Get-StreamText "Get-FlexLmLicense -Path '$path' | Format-List *; Get-FlexLmLicense -Path '$path' | Format-Table"
    $said.Error | Should -Match 'PSLabNet\.LicenseFault'
    Assert-Harmless $said.All '\x1b[31m\x9b31m\u202e'
    # Used as a list of servers, the same file names an invalid host.
    $said = Get-StreamText "Get-FlexLmStatus '$path' -TimeoutSeconds 5"
    Assert-Harmless $said.All '\x1b[31m'
    Get-FlexLmLicense -Path $path -Raw | Should -Match ([char] 0x1b)
} }
@{ Source = 'lmstat text'; Channel = 'objects, warnings, tables of `ConvertFrom-LmStat`; metrics; the page'; Shown = 'escaped'; Do = {
    $text = (Get-Content (Join-Path $root 'tests/corpus/lmstat/single-server.txt') -Raw).Replace('MATLAB', 'MAT' + $harmInName) + "`nwhat is $harm`n"
    $path = Join-Path $TestDrive 'lmstat.txt'
    [System.IO.File]::WriteAllBytes($path, [Hostile.Bytes]::Of($text))
    $snapshot = ConvertFrom-LmStat -Path $path -WarningAction SilentlyContinue
    Assert-Harmless (Get-AllText $snapshot)
    Assert-Harmless (Get-AllText $snapshot.Features) 'MAT\x1b[31m\x9b31m\u202e'
    Assert-Harmless (Get-AllText $snapshot.Unparsed) '\x1b[31m'
    $said = Get-StreamText "ConvertFrom-LmStat -Path '$path' | Format-List *; Get-Content '$path' | ConvertFrom-LmStat | Format-Table; (ConvertFrom-LmStat -Path '$path').Features | Format-Table"
    Assert-Harmless $said.All '\x1b[31m'
    $snapshot | Export-FlexLmReport $file
    Assert-Harmless (Get-Content $file -Raw) '\x1b[31m\x9b31m\u202e'
    $snapshot | Export-FlexLmMetric $file
    Assert-Harmless (Get-Content $file -Raw) '\\x1b[31m\\x9b31m\\u202e'
} }
@{ Source = 'lines of a debug log'; Channel = 'objects and tables of `Import-FlexLmLog`, `-AsSession`; the page'; Shown = 'escaped'; Do = {
    $path = Join-Path $TestDrive 'hostile.log'
    $who = "u$harmInName@h$harmInName"
    [System.IO.File]::WriteAllBytes($path, [Hostile.Bytes]::Of("10:00:00 (vend) TIMESTAMP 1/2/2026`n10:00:01 (vend) OUT: `"f$harmInName`" $who`n10:00:02 (vend) IN: `"f$harmInName`" $who`n10:00:03 (vend) DENIED: `"f$harmInName`" $who  (no licenses $harmInName. (-4,111))`n10:00:04 (vend) What is $harm`n"))
    $events = Import-FlexLmLog $path
    @($events).Count | Should -BeGreaterOrEqual 3
    $events | ForEach-Object { Assert-Harmless (Get-AllText $_) }
    Assert-Harmless ($events | Format-Table | Out-String -Width 300) '\x1b[31m'
    $session = Import-FlexLmLog $path -AsSession
    Assert-Harmless (Get-AllText $session) 'u\x1b[31m\x9b31m\u202e'
    Assert-Harmless ($session | Format-Table | Out-String -Width 300) '\x1b[31m'
    $events | Export-FlexLmReport $file
    Assert-Harmless (Get-Content $file -Raw) '\x1b[31m\x9b31m\u202e'
} }
@{ Source = 'arguments: servers, names, addresses'; Channel = 'errors that repeat them'; Shown = 'escaped'; Do = {
    $text = "``ec$([char]0x202e)x"
    $said = Get-StreamText "Get-FlexLmStatus `"27000@$text`"; Get-FlexLmFeature `"$text`" -Server $($server.Server); Find-IcePap `"$text`" -Interface 127.0.0.1 -TimeoutSeconds 0.2; ConvertFrom-IcePapPacket -Hex `"$text`""
    $said.Error | Should -Match 'PSLabNet\.InvalidServer'
    $said.Error | Should -Match 'PSLabNet\.NotFound'
    $said.Error | Should -Match 'PSLabNet\.NotHex'
    Assert-Harmless $said.Messages '\x1bc\u202ex'
} }
