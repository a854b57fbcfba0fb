BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $env:LM_LICENSE_FILE = $null
    $one, $two, $three, $four = foreach ($vendor in 'one', 'two', 'three', 'four') { Start-FlexLmSimulator -Vendor $vendor -FeatureCount 2 -CheckoutCount 1 }
    $three3 = $one.Server, $two.Server, $three.Server
}

AfterAll { Stop-FlexLmSimulator }

Describe 'Servers joined by commas' {
    It 'are queried one by one where they are <Count>' -ForEach @{ Count = 2 }, @{ Count = 4 } {
        $servers = ($one.Server, $two.Server, $three.Server, $four.Server)[0..($Count - 1)]
        $status = Get-FlexLmStatus ($servers -join ',') -WarningVariable warnings
        $status.Server | Should -Be $servers
        $status.Status | Select-Object -Unique | Should -Be 'Up'
        $warnings | Should -BeNullOrEmpty
        Get-FlexLmFeature -Server ($servers -join ', ') | Should -HaveCount (2 * $Count)
    }

    It 'are queried one by one where they are three that differ, with one warning: <_>' -ForEach 'Get-FlexLmStatus', 'Get-FlexLmFeature', 'Get-FlexLmCheckout', 'Get-FlexLmLicense' {
        $results = & $_ -Server ($three3 -join ',') -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "$($three3 -join ',') are license servers of their own*their vendor daemons differ (one; two; three)*"
        $found = if ($_ -eq 'Get-FlexLmLicense') { $results.Source } else { $results.Server }
        $found | Select-Object -Unique | Should -Be $three3
    }

    It 'are what a script gets that pwsh -File starts with a list' {
        $script = Join-Path $TestDrive 'job.ps1'
        Set-Content $script "param([string[]] `$Server) Import-Module '$root/PSLabNet.psd1'; Get-FlexLmFeature -Server `$Server | ForEach-Object Name"
        $found = Invoke-PowerShell -File $script -Server ($three3 -join ',') 3>$null
        $found | Where-Object { $_ -like '*_feature*' } | Should -Be @('one', 'two', 'three' | ForEach-Object { "${_}_feature001", "${_}_feature002" })
    }

    It 'are three servers in a configured list too' {
        $env:LM_LICENSE_FILE = "$($three3 -join ',');$($four.Server)"
        try { (Get-FlexLmStatus -WarningAction SilentlyContinue).Server | Should -Be ($three3 + $four.Server) }
        finally { $env:LM_LICENSE_FILE = $null }
    }

    It 'may stand beside arrays and semicolons' {
        $status = Get-FlexLmStatus "$($two.Server),$($one.Server);$($three.Server)", $four.Server, $one.Server
        $status.Server | Should -Be @($two.Server, $one.Server, $three.Server, $four.Server)
    }

    It 'are a triad where one node is down, and in the order in which they were named' {
        $triad = Start-FlexLmSimulator -Redundant -DownNode 1
        $nodes = $triad.Server.Split(',')
        $status = Get-FlexLmStatus ($nodes[2], $nodes[0], $nodes[1] -join ' , ') -WarningVariable warnings
        $status | Should -HaveCount 1
        $status.Status | Should -Be 'Degraded'
        $status.Nodes.Server | Should -Be @($nodes[2], $nodes[0], $nodes[1])
        $status.Nodes.Status | Should -Be @('Up', 'Down', 'Up')
        $status.Nodes.IsMaster | Should -Be @($false, $false, $true)
        $warnings | Should -BeNullOrEmpty
        $triad | Stop-FlexLmSimulator
    }

    It 'are three servers as three elements of an array, each a result, and count once in metrics' {
        $triad = Start-FlexLmSimulator -Redundant -FeatureCount 1 -CheckoutCount 1
        $nodes = $triad.Server.Split(',')
        (Get-FlexLmStatus $nodes).Server | Should -Be $nodes
        $file = Join-Path $TestDrive 'nodes.prom'
        Export-FlexLmMetric $file -Server $nodes
        @(Get-Content $file | Where-Object { $_ -like 'flexlm_feature_used{*' }) | Should -Be "flexlm_feature_used{app=""$($nodes[0])"",name=""demo_feature001"",type=""floating""} 1"
        $triad | Stop-FlexLmSimulator
    }
}

Describe 'The order of output' {
    BeforeAll {
        $slow = Start-FlexLmSimulator -Vendor slow, Fast -FeatureCount 2 -CheckoutCount 1 -LatencyMs 150
        $order = $slow.Server, $one.Server
    }

    It 'is that of the servers: <_>' -ForEach 'Get-FlexLmStatus', 'Get-FlexLmFeature', 'Get-FlexLmCheckout' {
        (& $_ -Server $order).Server | Select-Object -Unique | Should -Be $order
        (& $_ -Server ($order[1], $order[0])).Server | Select-Object -Unique | Should -Be ($order[1], $order[0])
    }

    It 'is that of the answers with -Stream: <_>' -ForEach 'Get-FlexLmStatus', 'Get-FlexLmFeature', 'Get-FlexLmCheckout' {
        (& $_ -Server $order -Stream).Server | Select-Object -Unique | Should -Be ($order[1], $order[0])
    }

    It 'is that of vendors and features' {
        $features = Get-FlexLmFeature -Server $slow.Server
        $features.Vendor | Should -Be @('Fast', 'Fast', 'slow', 'slow')
        $features.Name | Should -Be @('Fast_feature001', 'Fast_feature002', 'slow_feature001', 'slow_feature002')
        (Get-FlexLmStatus $slow.Server).Vendors.Name | Should -Be @('Fast', 'slow')
    }

    It 'puts the errors of a server behind its features' {
        $dead = Start-FlexLmSimulator -Fault Refuse
        $all = Get-FlexLmFeature -Server $dead.Server, $slow.Server, $one.Server -ErrorAction Continue 2>&1
        $all[0] | Should -BeOfType System.Management.Automation.ErrorRecord
        $all[1..6].Server | Select-Object -Unique | Should -Be $order
    }

    It 'does not keep Select-Object -First from ending the query' {
        (Get-FlexLmFeature -Server $order | Select-Object -First 1).Name | Should -Be 'Fast_feature001'
    }
}

Describe 'A server with several names' {
    BeforeAll {
        $names = $one.Server, "$($one.Port)@localhost"
    }

    It 'is a result for each name' {
        (Get-FlexLmStatus $names).Server | Should -Be $names
    }

    It 'counts once in metrics: <_>' -ForEach 'query', 'features', 'statuses and features' {
        $file = Join-Path $TestDrive 'names.prom'
        switch ($_) {
            query { Export-FlexLmMetric $file -Server $names -App lab }
            features { Get-FlexLmFeature -Server $names | Export-FlexLmMetric $file -App lab }
            default { & { Get-FlexLmStatus $names; Get-FlexLmFeature -Server $names } | Export-FlexLmMetric $file -App lab }
        }
        $series = Get-Content $file | Where-Object { $_ -notlike '#*' }
        $series | Should -Contain 'flexlm_feature_issued{app="lab",name="one_feature001",type="floating"} 20'
        $series | Should -Contain 'flexlm_feature_used{app="lab",name="one_feature002",type="floating"} 1'
        @($series -replace ' \S+$' | Group-Object | Where-Object Count -GT 1) | Should -BeNullOrEmpty
        @($series -like 'flexlm_feature_expiration_seconds*') | Should -HaveCount 2
    }

    It 'counts once in a report, which tells the other name' {
        $file = Join-Path $TestDrive 'names.html'
        Export-FlexLmReport $file -Server $names
        $page = Get-Content $file -Raw
        $page | Should -BeLike '*of 1 server up*'
        $page | Should -BeLike "*counted once: $($names[1])*"
    }
}

Describe 'A status given to -Server' {
    It 'is the server that it is of, alone or in an array' {
        $status = Get-FlexLmStatus $one.Server, $two.Server
        (Get-FlexLmFeature -Server $status).Vendor | Select-Object -Unique | Should -Be @('one', 'two')
        (Get-FlexLmFeature -Server $status[0], $two.Server).Vendor | Select-Object -Unique | Should -Be @('one', 'two')
        (Get-FlexLmStatus -Server $status[1]).Server | Should -Be $two.Server
        (Get-FlexLmLicense -Server $status[0]).Vendor | Select-Object -Last 1 | Should -Be 'one'
        Watch-FlexLmCheckout -Server $status[0] -DurationSeconds 0.2 -IntervalSeconds 0.1 | Should -BeNullOrEmpty
    }
}
