BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $server = Start-FlexLmSimulator -Vendor MLM -FeatureCount 2 -Issued 8 -CheckoutCount 3

    # The object as it arrives from a job or another machine.
    function Get-LabReturned {
        param([object] $Value)
        [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Value, 3))
    }
}

AfterAll { $server | Stop-FlexLmSimulator }

Describe 'Objects in PowerShell' {
    It 'show how much of a feature is used, here and after remoting' {
        $feature = (Get-FlexLmFeature -Server $server.Server)[0]
        $feature.UsedPercent | Should -Be 37.5
        $feature.Pools[0].UsedPercent | Should -Be 37.5
        (Get-LabReturned $feature).UsedPercent | Should -Be 37.5
        Get-FlexLmFeature -Server $server.Server | Where-Object UsedPercent -GT 90 | Should -BeNullOrEmpty
    }

    It 'can not be changed, and show no members that the compiler made' {
        $feature = (Get-FlexLmFeature -Server $server.Server)[0]
        { $feature.InUse = 99 } | Should -Throw
        $feature.InUse | Should -Be 3
        foreach ($one in $feature, $feature.Pools[0], $feature.Checkouts[0], (Get-FlexLmStatus $server.Server), $server) {
            Get-Member -InputObject $one -MemberType Property | Where-Object Definition -Like '*set;*' | Should -BeNullOrEmpty
            Get-Member -InputObject $one -Name '<*' | Should -BeNullOrEmpty
        }
    }

    It 'show no percentage for uncounted licenses' {
        $uncounted = Start-FlexLmSimulator -LicenseText "SERVER this_host ANY`nVENDOR v`nFEATURE free v 1.0 permanent uncounted HOSTID=ANY SIGN=0"
        try {
            (Get-FlexLmFeature -Server $uncounted.Server).UsedPercent | Should -BeNullOrEmpty
        }
        finally {
            $uncounted | Stop-FlexLmSimulator
        }
    }

    It 'show their name in Format-Wide: <Command>' -ForEach @(
        @{ Command = 'Get-FlexLmStatus $server.Server'; Shown = '\d+@127\.0\.0\.1' }
        @{ Command = 'Get-FlexLmCheckout -Server $server.Server'; Shown = 'user1' }
        @{ Command = 'Get-FlexLmFeature -Server $server.Server'; Shown = 'MLM_feature001' }
    ) {
        $objects = & ([scriptblock]::Create($Command))
        $objects | Format-Wide | Out-String | Should -Match $Shown
        Get-LabReturned $objects | Format-Wide | Out-String | Should -Match $Shown
    }

    It 'have default properties for display and sorting, all of which exist' {
        $types = @(Get-TypeData -TypeName PSLabNet.* | Where-Object DefaultDisplayPropertySet)
        $types.Count | Should -BeGreaterThan 10
        foreach ($type in $types) {
            $has = ($type.TypeName -as [type]).GetProperties().Name
            $type.DefaultDisplayPropertySet.ReferencedProperties | Should -BeIn $has
            $type.DefaultKeyPropertySet.ReferencedProperties | Should -BeIn $has
        }
    }

    It 'sort by their name when Sort-Object gets no property' {
        $license = "SERVER this_host ANY`nVENDOR v`n" + (('b', 'c', 'a' | ForEach-Object { "FEATURE $_ v 1.0 permanent 1 SIGN=0" }) -join "`n")
        $several = Start-FlexLmSimulator -LicenseText $license
        $null = Start-IcePapSimulator -Hostname zulu, alpha, mike
        try {
            (Get-FlexLmFeature -Server $several.Server | Sort-Object -Descending).Name | Should -Be 'c', 'b', 'a'
            (Find-IcePap zulu, alpha, mike -Interface 127.0.0.1 | Sort-Object).Hostname | Should -Be 'alpha', 'mike', 'zulu'
        }
        finally {
            $several | Stop-FlexLmSimulator
            Stop-IcePapSimulator
        }
    }

    It 'read well in strings' {
        "$server" | Should -Be $server.Server
        "$(Get-FlexLmStatus $server.Server)" | Should -Be "$($server.Server): Up"
        "$((Get-FlexLmFeature -Server $server.Server)[0])" | Should -Be 'MLM_feature001: 3 of 8 in use'
        "$((Get-FlexLmCheckout -Server $server.Server)[0])" | Should -Match '^user\d@ws\d MLM_feature001 \(1\)$'
    }
}
