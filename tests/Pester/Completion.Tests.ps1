# What Tab offers: what was seen, and the tables that the module has.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')

    function Get-Completion {
        # The arguments that Tab offers at the end of a line.
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches
    }

    $server = Start-FlexLmSimulator -LicenseText "SERVER this_host ANY`nVENDOR v`nFEATURE f v 1.0 permanent 9 SIGN=0"
    $null = $server.Checkout('f', 'zoe.tab', 'tabhost', '/dev/tty', 1)
    $null = $server.Checkout('f', "-o'malley", 'tabhost2', '/dev/tty', 1)
    $null = Get-FlexLmFeature -Server $server.Server
    $mac = New-LabMac
    $name = 'tab' + "$mac".Replace(':', '').Substring(4)
    $device = Start-IcePapSimulator -MacAddress $mac -Hostname $name
    $null = Find-IcePap $name -Interface $loopback -TimeoutSeconds 5
}

AfterAll {
    $server | Stop-FlexLmSimulator
    $device | Stop-IcePapSimulator
}

Describe 'Completion' {
    It 'of <Parameter> offers devices that answered: <Line>' -ForEach @(
        @{ Parameter = '-Hostname'; Line = 'Find-IcePap -Hostname tab' }
        @{ Parameter = '-Hostname'; Line = 'Find-IcePap tab' }
        @{ Parameter = '-Hostname'; Line = 'Get-IcePapSimulator -Hostname tab' }
        @{ Parameter = '-Hostname'; Line = 'Set-IcePapNetwork -Hostname tab' }
    ) {
        $offered = Get-Completion $Line | Where-Object CompletionText -EQ $name
        $offered | Should -HaveCount 1
        $offered.ToolTip | Should -BeLike "*$mac*"
    }

    It 'of -MacAddress offers addresses of devices that answered: <_>' -ForEach 'Find-IcePap -MacAddress ', 'Set-IcePapNetwork ', 'Set-IcePapNetwork -MacAddress ', 'Watch-IcePapTraffic -MacAddress ', 'Get-IcePapSimulator -MacAddress ', 'Stop-IcePapSimulator ' {
        $offered = Get-Completion "$_$("$mac".Substring(0, 8))" | Where-Object ListItemText -EQ "$mac"
        $offered | Should -HaveCount 1
        $offered.CompletionText | Should -Be "'$mac'"
        $offered.ToolTip | Should -BeLike "*$name*"
    }

    It 'of -User offers users that were seen: <_>' -ForEach 'Get-FlexLmCheckout -User zo', 'Watch-FlexLmCheckout -User zo', 'Import-FlexLmLog x.log -User zo' {
        $offered = Get-Completion $_ | Where-Object CompletionText -EQ 'zoe.tab'
        $offered | Should -HaveCount 1
        $offered.ToolTip | Should -BeLike "*$($server.Server)*"
    }

    It 'of -HostName offers hosts of users' {
        (Get-Completion 'Get-FlexLmCheckout -HostName tabh').CompletionText | Should -Be 'tabhost', 'tabhost2'
    }

    It 'puts a name that is more than a word into quotes' {
        $offered = (Get-Completion 'Get-FlexLmCheckout -User -o' | Where-Object ListItemText -EQ "-o'malley")
        if (-not $offered) { $offered = Get-Completion 'Get-FlexLmCheckout -User ' | Where-Object ListItemText -EQ "-o'malley" }
        $offered.CompletionText | Should -Be "'-o''malley'"
    }

    It 'of -Code offers numbers and names of FlexLM errors: <Line>' -ForEach @(
        @{ Line = 'Get-FlexLmError LM_MAXU'; Offered = 'LM_MAXUSERS' }
        @{ Line = 'Get-FlexLmError maxu'; Offered = 'LM_MAXUSERS' }
        @{ Line = 'Get-FlexLmError -Code 15'; Offered = '-15' }
    ) {
        $first = (Get-Completion $Line)[0]
        $first.CompletionText | Should -Be $Offered
        $first.ToolTip.Length | Should -BeGreaterThan 20
    }

    It 'offers users and features of a report of lmstat' {
        $report = "lmutil - Copyright`nLicense server status: 27004@lic1`n`nlic1: license server UP v11.16.2`n`nFeature usage info:`n`nUsers of TABFEATURE:  (Total of 20 licenses issued;  Total of 1 license in use)`n`n  ""TABFEATURE"" v52, vendor: MLM`n  floating license`n`n    tabanna pc1 pc1 (v52) (lic1/27004 101), start Mon 3/2 9:00`n"
        $null = ConvertFrom-LmStat $report -WarningAction SilentlyContinue
        (Get-Completion 'Get-FlexLmCheckout -User taba').CompletionText | Should -Be 'tabanna'
        (Get-Completion 'Get-FlexLmCheckout TABF').CompletionText | Should -Be 'TABFEATURE'
    }
}

Describe 'Completion' {
    It 'lists the values of -<Parameter> of <Command>' -ForEach @(
        @{ Command = 'Set-IcePapNetwork 00:0c:c6:69:13:2d'; Parameter = 'Apply'; Value = 'Flash' }
        @{ Command = 'Start-IcePapSimulator'; Parameter = 'AcknowledgeCode'; Value = 'ERR_BAD_GW' }
        @{ Command = 'Watch-IcePapTraffic'; Parameter = 'Command'; Value = 'UPDATE_CONFIG_ACK' }
        @{ Command = 'Start-FlexLmSimulator'; Parameter = 'Fault'; Value = 'VendorDown' }
        @{ Command = 'Start-FlexLmSimulator'; Parameter = 'FaultTarget'; Value = 'Manager' }
        @{ Command = 'Start-FlexLmSimulator'; Parameter = 'Generation'; Value = 'Old' }
        @{ Command = 'Import-FlexLmLog x.log'; Parameter = 'Kind'; Value = 'Denied' }
    ) {
        $line = "$Command -$Parameter "
        $found = (TabExpansion2 $line $line.Length).CompletionMatches
        $found.CompletionText | Should -Contain $Value
        $found.ToolTip | Should -Not -Contain ''
    }

    It 'explains what it offers for -<Parameter>' -ForEach @(
        @{ Parameter = 'Server'; Line = 'Get-FlexLmFeature -Server ' }
        @{ Parameter = 'Vendor'; Line = 'Get-FlexLmFeature -Vendor hel' }
        @{ Parameter = 'Feature'; Line = 'Get-FlexLmCheckout -Feature hel' }
        @{ Parameter = 'Interface'; Line = 'Find-IcePap -Interface ' }
    ) {
        $server = Start-FlexLmSimulator -Vendor helper
        try {
            $null = Get-FlexLmFeature -Server $server.Server
            $found = (TabExpansion2 $Line $Line.Length).CompletionMatches
            $found.Count | Should -BeGreaterThan 0
            $found | ForEach-Object { $_.ToolTip | Should -Not -Be $_.CompletionText }
        }
        finally { $server | Stop-FlexLmSimulator }
    }
}
