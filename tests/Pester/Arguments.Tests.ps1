BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $env:LM_LICENSE_FILE = $null

    function Get-BindingError {
        # The error of a call, whether it ended the command or not.
        param([scriptblock] $Call)
        $problems = @(try { & $Call 2>&1 } catch { $_ }) | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
        $problems | Should -HaveCount 1
        $problems
    }
}

Describe 'Devices as arguments' {
    BeforeAll {
        # Names that no other test uses.
        $names = 1..2 | ForEach-Object { 'n' + "$(New-LabMac)".Replace(':', '') }
        $devices = Start-IcePapSimulator -MacAddress (New-LabMac), (New-LabMac) -Hostname $names
        $find = @{ Interface = $loopback; TimeoutSeconds = 5 }
        $set = @{ Interface = $loopback; Confirm = $false; PassThru = $true }
    }
    AfterAll { $devices | Stop-IcePapSimulator }

    It 'are names in a pipeline' {
        ($names | Find-IcePap @find).Hostname | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'are <Name> in a pipeline, and bind by their properties' -ForEach @(
        @{ Name = 'devices'; Row = { $devices[0] } }
        @{ Name = 'rows with an address'; Row = { [pscustomobject] @{ MacAddress = "$($devices[0].MacAddress)"; Address = '172.24.0.1' } } }
        @{ Name = 'rows with a name'; Row = { [pscustomobject] @{ ComputerName = $devices[0].Hostname; Room = 1 } } }
        @{ Name = 'objects from JSON'; Row = { [pscustomobject] @{ MacAddress = $devices[0].MacAddress } | ConvertTo-Json | ConvertFrom-Json } }
    ) {
        (& $Row | Find-IcePap @find).MacAddress | Should -Be $devices[0].MacAddress
    }

    It 'are MAC addresses in a pipeline: <_>' -ForEach 'MacAddress', 'String' {
        $mac = if ($_ -eq 'String') { "$($devices[1].MacAddress)" } else { $devices[1].MacAddress }
        $name = 'n' + "$(New-LabMac)".Replace(':', '')
        ($mac | Set-IcePapNetwork -Hostname $name @set).Hostname | Should -Be $name
        $devices[1].Hostname | Should -Be $name
    }

    It 'are no names where they are addresses: <Call>' -ForEach @(
        @{ Call = { Find-IcePap 00:0c:c6:69:13:2d }; Hint = '*-MacAddress*' }
        @{ Call = { Find-IcePap -Hostname 000c.c669.132d }; Hint = '*-MacAddress*' }
        @{ Call = { '00-0C-C6-69-13-2D' | Find-IcePap }; Hint = '*-MacAddress*' }
        @{ Call = { [PSLabNet.MacAddress] '00:0c:c6:69:13:2d' | Find-IcePap }; Hint = '*-MacAddress*' }
        @{ Call = { Find-IcePap 172.24.155.222 }; Hint = '*-IPAddress*' }
        @{ Call = { Set-IcePapNetwork 00:0c:c6:69:13:2d -Hostname 172.24.155.222 -WhatIf }; Hint = '*-IPAddress*' }
        @{ Call = { Set-IcePapNetwork 00:0c:c6:69:13:2d -Hostname 00-0c-c6-69-13-2e -WhatIf }; Hint = '*-MacAddress*' }
    ) {
        $problem = Get-BindingError $Call
        $problem.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $problem.Exception.Message | Should -BeLike $Hint
    }

    It 'are rejected where PowerShell reads a number: <_>' -ForEach { Find-IcePap -MacAddress 123456789e03 }, { Find-IcePap -MacAddress 001122334455 }, { Set-IcePapNetwork 1e5 -WhatIf }, { 5 | Set-IcePapNetwork -WhatIf } {
        $problem = Get-BindingError $_
        $problem.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $problem.Exception.Message | Should -BeLike '*in quotes*'
    }

    It 'have a prefix length that is a whole number, and not <_>' -ForEach 24.6, '24.6' {
        $length = $_
        $problem = Get-BindingError { Set-IcePapNetwork $devices[0].MacAddress -PrefixLength $length @set }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $problem.Exception.Message | Should -BeLike '*whole number*'
    }

    It 'have the prefix length of a cell of a CSV file: <_>' -ForEach '16', 16.0, '' {
        $length = $_
        ([pscustomobject] @{ MacAddress = $devices[0].MacAddress; PrefixLength = $length } | Set-IcePapNetwork @set).PrefixLength | Should -Be 16
    }
}

Describe 'License servers as arguments' {
    BeforeAll {
        $server = Start-FlexLmSimulator -FeatureCount 2 -CheckoutCount 2
        $status = Get-FlexLmStatus $server.Server
    }
    AfterAll { $server | Stop-FlexLmSimulator }

    It 'are objects that are of a server: <_>' -ForEach { $status }, { $server }, { Get-FlexLmFeature demo_feature001 -Server $server.Server }, { $status | ConvertTo-Json -Depth 5 | ConvertFrom-Json } {
        (Get-FlexLmFeature -Server (& $_)).Name | Should -Be @('demo_feature001', 'demo_feature002')
    }

    It 'are objects and text beside each other, and each server is queried once' {
        Get-FlexLmStatus $status, $server.Server | Should -HaveCount 1
    }

    It 'are told in the right order where <Text> was typed' -ForEach @(
        @{ Text = 'lic1:27000'; Meant = '27000@lic1' }
        @{ Text = 'lic1@27000'; Meant = '27000@lic1' }
    ) {
        $problem = Get-BindingError { Get-FlexLmStatus $Text }
        $problem.FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidServer,*'
        $problem.TargetObject | Should -Be $Text
        $problem.Exception.Message | Should -BeLike "*Did you mean $Meant`?"
    }

    It 'do not keep the others from being queried where one is wrong' {
        (Get-FlexLmStatus lic1:27000, $server.Server -ErrorAction SilentlyContinue).Status | Should -Be 'Up'
    }
}

Describe 'Snapshots of lmstat as input of Get-FlexLmCheckout' {
    BeforeAll {
        $report = "lmutil - Copyright`nLicense server status: 27004@lic1`n`nlic1: license server UP v11.16.2`n`nFeature usage info:`n`nUsers of MATLAB:  (Total of 20 licenses issued;  Total of 1 license in use)`n`n  ""MATLAB"" v52, vendor: MLM`n  floating license`n`n    anna pc1 pc1 (v52) (lic1/27004 101), start Mon 3/2 9:00`n"
        $snapshot = ConvertFrom-LmStat $report -WarningAction SilentlyContinue
    }

    It 'are unrolled to their checkouts: <_>' -ForEach 'whole', 'from another process' {
        $sent = if ($_ -eq 'whole') { $snapshot } else { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($snapshot, 6)) }
        $checkout = $sent | Get-FlexLmCheckout
        $checkout.User | Should -Be 'anna'
        $checkout.Feature | Should -Be 'MATLAB'
        $sent | Get-FlexLmCheckout -User nobody | Should -BeNullOrEmpty
    }

    It 'may have no feature' {
        ConvertFrom-LmStat "License server status: 27004@lic1`n`nlic1: license server UP v11.16.2`n" -WarningAction SilentlyContinue | Get-FlexLmCheckout | Should -BeNullOrEmpty
    }
}

Describe 'FlexLM errors by name' {
    It 'are found by <Name>' -ForEach @{ Name = 'LM_MAXUSERS' }, @{ Name = 'lm_maxusers' }, @{ Name = 'MaxUsers' } {
        (Get-FlexLmError $Name).Code | Should -Be -4
        ($Name | Get-FlexLmError).Code | Should -Be -4
    }

    It 'are found beside numbers' {
        (Get-FlexLmError LM_MAXUSERS, 15, '-5').Code | Should -Be @(-4, -15, -5)
    }

    It 'are an error where there is no such name' {
        (Get-BindingError { Get-FlexLmError LM_NOSUCHNAME }).Exception.Message | Should -BeLike '*LM_NOSUCHNAME*'
    }
}

Describe 'An endpoint without the FileSystem provider (JEA)' {
    BeforeAll {
        function Invoke-Constrained {
            param([string] $Name, [hashtable] $Parameters)
            $state = [initialsessionstate]::Create()
            $state.LanguageMode = 'NoLanguage'
            Get-Command -Module PSLabNet -CommandType Cmdlet | ForEach-Object {
                $state.Commands.Add([System.Management.Automation.Runspaces.SessionStateCmdletEntry]::new($_.Name, $_.ImplementingType, $null))
            }
            $shell = [powershell]::Create($state)
            try {
                $shell.AddCommand($Name).AddParameters($Parameters).Invoke()
                $shell.Streams.Error | Should -BeNullOrEmpty
            }
            finally {
                $shell.Dispose()
            }
        }

        $server = Start-FlexLmSimulator -FeatureCount 2 -CheckoutCount 1
        $device = Start-IcePapSimulator -MacAddress (New-LabMac)
    }
    AfterAll {
        $server | Stop-FlexLmSimulator
        $device | Stop-IcePapSimulator
    }

    It 'runs <Command>' -ForEach @(
        @{ Command = 'Get-FlexLmStatus'; Count = 1 }
        @{ Command = 'Get-FlexLmFeature'; Count = 2 }
        @{ Command = 'Get-FlexLmCheckout'; Count = 2 }
        @{ Command = 'Get-FlexLmLicense'; Count = 4 }
    ) {
        Invoke-Constrained $Command @{ Server = $server.Server } | Should -HaveCount $Count
    }

    It 'runs Find-IcePap and Set-IcePapNetwork' {
        (Invoke-Constrained Find-IcePap @{ MacAddress = $device.MacAddress; Interface = $loopback; TimeoutSeconds = 5 }).MacAddress | Should -Be $device.MacAddress
        (Invoke-Constrained Set-IcePapNetwork @{ MacAddress = $device.MacAddress; Hostname = 'jea'; Interface = $loopback; Confirm = $false; PassThru = $true }).Hostname | Should -Be 'jea'
    }

    It 'runs lmutil (a shell script as lmutil)' -Skip:($env:OS -eq 'Windows_NT') {
        $lmutil = New-LabProgram (Join-Path $TestDrive 'lmutil') -Shell "echo 'License server status: 27004@lic1'", 'echo', "echo 'lic1: license server UP v11.16.2'"
        (Invoke-Constrained Get-FlexLmStatus @{ Server = '27004@lic1'; LmUtilPath = $lmutil }).Status | Should -Be 'Up'
    }
}
