# Takes the scripts from docs/scale-out.md and runs them: in jobs and in threads. ScaleOut.Ssh.Tests.ps1 runs them over SSH.
BeforeDiscovery {
    $threads = [bool] (Get-Command Start-ThreadJob -ErrorAction Ignore)
    if (-not $threads) { Write-Warning 'Thread jobs are not tested: Install-Module ThreadJob installs them.' }
    $parallel = $PSVersionTable.PSVersion.Major -ge 7
    # Wine has no WS-Management: there Test-WSMan throws.
    $winRM = $env:OS -eq 'Windows_NT' -and $(try { [bool] (Test-WSMan -ErrorAction Ignore) } catch { $false })
    if (-not $winRM) { Write-Warning 'Nothing is run over WinRM: it is Windows only, and Enable-PSRemoting turns it on.' }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'ScaleOutLab.ps1')

    function ConvertTo-Bag {
        # The object as it would arrive from another process, but without such a process.
        param([Parameter(ValueFromPipeline)] $Value)
        process { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Value)) }
    }
}

AfterAll { Stop-ScaleOutLab }

Describe 'An object that comes back from a job' {
    BeforeAll {
        $brief = Start-FlexLmSimulator -Vendor brief -FeatureCount 2 -CheckoutCount 2 -ReservationCount 1
        $live = Get-FlexLmFeature -Server $brief.Server
        $back = & (Join-Path $scripts 'Get-LicenseInJob.ps1') -Server $brief.Server
        $status = Get-FlexLmStatus -Server $brief.Server
        $backStatus = Start-Job { Get-FlexLmStatus -Server $args[0], '1@127.0.0.1' } -ArgumentList $brief.Server | Receive-Job -Wait -AutoRemoveJob

        # From here on, a second query would fail.
        $brief | Stop-FlexLmSimulator
    }

    It 'looks the same' {
        $back[0].pstypenames[0] | Should -Be 'Deserialized.PSLabNet.FlexLm.FlexLmFeature'
        $back | Format-Table | Get-Said | Should -Be ($live | Format-Table | Get-Said)
        $back[0].Pools | Format-Table | Get-Said | Should -Be ($live[0].Pools | Format-Table | Get-Said)
        "$($back[0])" | Should -Be "$($live[0])"
    }

    It 'is unrolled into checkouts without a second query' {
        $checkouts = $back | Get-FlexLmCheckout -ErrorAction Stop
        $checkouts | Should -HaveCount 6
        $checkouts[0] | Should -BeOfType PSLabNet.FlexLm.FlexLmCheckout
        $expected = @($live | Get-FlexLmCheckout)
        $again = @($live | ConvertTo-Bag | Get-FlexLmCheckout)
        ConvertTo-Json $again -Depth 4 | Should -BeExactly (ConvertTo-Json $expected -Depth 4)
        Get-FlexLmCheckout -InputObject $back | Should -HaveCount 6
        $back | Get-FlexLmCheckout -User user1 | Should -HaveCount 2
    }

    It 'makes the same metrics and the same report' {
        $here = Join-Path $TestDrive 'here'
        $there = Join-Path $TestDrive 'there'
        @($status) + $live | Export-FlexLmMetric "$here.prom" -ErrorAction Stop
        @($status) + $live | ConvertTo-Bag | Export-FlexLmMetric "$there.prom" -ErrorAction Stop
        Get-Content "$there.prom" | Should -Be (Get-Content "$here.prom")
        @($backStatus) + $back | Export-FlexLmReport "$there.html" -ErrorAction Stop
        Get-Content "$there.html" -Raw | Should -Match 'brief_feature001'
        Get-Content "$there.html" -Raw | Should -Match '1@127.0.0.1'
    }

    It 'still works after Select-Object, which adds a type name before its own' {
        $first = $live | ConvertTo-Bag | Select-Object -First 1
        $first.pstypenames[0] | Should -BeLike 'Selected.*'
        $first | Get-FlexLmCheckout -ErrorAction Stop | Should -HaveCount 3
        $metrics = Join-Path $TestDrive 'selected.prom'
        $first | Export-FlexLmMetric $metrics -ErrorAction Stop
        Get-Content $metrics -Raw | Should -Match 'brief_feature001'
    }

    It 'is complete, down to the words of a license line and the time' {
        $bag = $live[0] | ConvertTo-Bag
        $line = @($live[0].Pools | ForEach-Object { $_.Lines })[0]
        "$($bag.Pools[0].Lines[0].Attributes)" | Should -Be "$($line.Attributes)"
        $bag.Pools[0].Lines[0].LineNumber | Should -Be $line.LineNumber
        ($bag | Get-FlexLmCheckout)[0].Since | Should -BeOfType datetimeoffset
        $bag.CheckedAt.DateTime | Should -Be $live[0].CheckedAt.DateTime
    }

    It 'has states that compare with their names' {
        ($backStatus | Where-Object Status -EQ Down).Server | Should -Be '1@127.0.0.1'
        ($backStatus | Where-Object Status -EQ Up).Vendors[0].Status -eq 'Up' | Should -BeTrue
        $back[0].LicenseType -eq 'Floating' | Should -BeTrue
    }

    It 'gives an error when it cannot be restored' {
        $bag = $live[0] | ConvertTo-Bag
        $bag | Add-Member -NotePropertyName Issued -NotePropertyValue 'many' -Force
        $bag | Export-FlexLmMetric (Join-Path $TestDrive 'bad.prom') -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId -replace ',.*' | Should -Be 'PSLabNet.WrongInput', 'PSLabNet.NothingToWrite'
        { Get-FlexLmCheckout -InputObject $bag } | Should -Throw '*many*'
    }
}

Describe 'The scripts of docs/scale-out.md' {
    It 'are six, and parse in every PowerShell that they support' {
        (Get-ChildItem $scripts).Count | Should -Be 6
        foreach ($script in Get-ChildItem $scripts | Where-Object Name -NE 'Get-LicenseInParallel.ps1') {
            Get-Content $script.FullName -Raw | Should -Not -Match '\?\?|-Parallel| \? .* : ' -Because $script.Name
        }
    }

    It 'ask in parallel (PowerShell 7)' -Skip:(-not $parallel) {
        $found = & (Join-Path $scripts 'Get-LicenseInParallel.ps1') -Server $one.Server, $two.Server, $dead.Server | Sort-Object Features
        $found | Should -HaveCount 3
        $found.Features | Should -Be 0, 2, 3
        "$($found[0].Status)" | Should -Be 'Down'
    }

    It 'watch in threads (ThreadJob)' -Skip:(-not $threads) {
        $job = Start-ThreadJob { param($script, $servers) & $script -Server $servers -Seconds 8 } -ArgumentList (Join-Path $scripts 'Watch-License.ps1'), @($one.Server, $two.Server)
        $limit = [datetime]::UtcNow.AddSeconds(6)
        $taken = 0
        # Checks out again and again until the watch reports it.
        do {
            $null = $two.Checkout('second_feature001', "late$taken", 'ws9', ':0', 1)
            $taken++
            $seen = $job | Wait-Job -Timeout 1
        } until ($seen -or [datetime]::UtcNow -gt $limit)
        $events = $job | Receive-Job -Wait -AutoRemoveJob
        $events | Where-Object { "$($_.Checkout.User)$($_.User)" -like 'late*' } | Should -Not -BeNullOrEmpty
    }

    It 'run over WinRM (Windows, Enable-PSRemoting)' -Skip:(-not $winRM) {
        $back = & (Join-Path $scripts 'Get-RemoteLicense.ps1') @{ ComputerName = 'localhost' } -Server $one.Server
        $back | Get-FlexLmCheckout | Should -HaveCount 9
    }
}
