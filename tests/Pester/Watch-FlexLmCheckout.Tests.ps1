BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')

    function Watch-While {
        # Watches every 50 ms until the given number of events has arrived, and does something after the first poll.
        param([scriptblock] $Do, [hashtable] $Watch)
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($module, $with) Import-Module $module; Watch-FlexLmCheckout -IntervalSeconds 0.05 @with -Verbose -WarningAction SilentlyContinue').AddArgument("$root/PSLabNet.psd1").AddArgument($Watch)
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
            while (-not ($shell.Streams.Verbose -match 'Look 1 ') -and -not $running.IsCompleted) { $null = $running.AsyncWaitHandle.WaitOne(10) }
            & $Do $output
            if (-not $running.AsyncWaitHandle.WaitOne(60000)) { throw 'The watch did not end.' }
            $output
        }
        finally {
            $shell.Dispose()
        }
    }

    function Wait-Output($Output, [int] $Count) {
        for ($n = 0; $Output.Count -lt $Count -and $n -lt 3000; $n++) { [System.Threading.Tasks.Task]::Delay(20).Wait() }
    }
}

Describe 'Watch-FlexLmCheckout' {
    AfterEach { Stop-FlexLmSimulator }

    It 'reports licenses that are taken and returned, and nothing that was there before' {
        $server = Start-FlexLmSimulator -Vendor MLM -FeatureCount 2 -CheckoutCount 1
        $events = Watch-While -Watch @{ Server = $server.Server; Count = 2 } -Do {
            param($output)
            $handle = $server.Checkout('MLM_feature001', 'alice', 'ws1', ':0', 1)
            Wait-Output $output 1
            $null = $server.Return($handle)
        }
        $events.Kind | Should -Be @('Taken', 'Returned')
        $events[0] | Should -BeOfType PSLabNet.FlexLm.FlexLmCheckoutEvent
        $events.User | Select-Object -Unique | Should -Be 'alice'
        $events[0].Feature | Should -Be 'MLM_feature001'
        $events[0].HostName | Should -Be 'ws1'
        $events[0].Server | Should -Be $server.Server
        $events[0].Time | Should -BeOfType System.DateTimeOffset
        $events[0].Checkout.Display | Should -Be ':0'
    }

    It 'reports several licenses of one checkout, although the server does not report their number' {
        $server = Start-FlexLmSimulator -Vendor MLM -FeatureCount 1 -CheckoutCount 1
        $events = Watch-While -Watch @{ Server = $server.Server; Count = 2 } -Do {
            param($output)
            $handle = $server.Checkout('MLM_feature001', 'bob', 'ws1', ':0', 3)
            Wait-Output $output 1
            $null = $server.Return($handle)
        }
        $events.Kind | Should -Be @('Taken', 'Returned')
        $events.User | Select-Object -Unique | Should -Be 'bob'
    }

    It 'survives an outage without reporting licenses as returned' {
        $server = Start-FlexLmSimulator -Vendor MLM -FeatureCount 1 -CheckoutCount 3
        $events = Watch-While -Watch @{ Server = $server.Server; Count = 2 } -Do {
            param($output)
            $server.Dispose()
            Wait-Output $output 1
            $null = Start-FlexLmSimulator -Vendor MLM -FeatureCount 1 -CheckoutCount 3 -Port $server.Port
        }
        $events[0].Kind | Should -Be 'ServerDown'
        # It can't connect any more; a poll that was under way can't read any more.
        $events[0].Error.Code | Should -BeIn -15, -16
        $events[1].Kind | Should -Be 'ServerUp'
    }

    It 'reports only the users and features that are named' {
        $server = Start-FlexLmSimulator -Vendor MLM -FeatureCount 2
        $events = Watch-While -Watch @{ Server = $server.Server; User = 'al*'; Feature = '*002'; Count = 1 } -Do {
            $null = $server.Checkout('MLM_feature001', 'alice', 'ws1', ':0', 1)
            $null = $server.Checkout('MLM_feature002', 'bob', 'ws1', ':0', 1)
            $null = $server.Checkout('MLM_feature002', 'alice', 'ws2', ':0', 1)
        }
        $events.HostName | Should -Be 'ws2'
        @($server.Requests | Where-Object Detail -EQ 'MLM_feature001') | Should -BeNullOrEmpty
    }

    It 'ends after its duration' {
        $server = Start-FlexLmSimulator
        Watch-FlexLmCheckout -Server $server.Server -IntervalSeconds 0.1 -DurationSeconds 0.25 | Should -BeNullOrEmpty
    }

    It 'can be stopped' {
        $server = Start-FlexLmSimulator
        $shell = [powershell]::Create().AddScript("Import-Module '$root/PSLabNet.psd1'; Watch-FlexLmCheckout -Server $($server.Server) -IntervalSeconds 600 -Verbose")
        $running = $shell.BeginInvoke()
        while (-not ($shell.Streams.Verbose -match 'Look 1 ')) { $null = $running.AsyncWaitHandle.WaitOne(10) }
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }
}
