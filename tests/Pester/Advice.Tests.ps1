# What users are told beside the data: what to do about an error, how old a report is, how many days a license has left.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $env:LM_LICENSE_FILE = $null
    $server = Start-FlexLmSimulator -LicenseText "SERVER this_host ANY`nVENDOR v`nFEATURE old v 1.0 1-jan-2020 2 SIGN=0`nFEATURE free v 1.0 permanent 2 SIGN=0"
}

AfterAll { $server | Stop-FlexLmSimulator }

Describe 'Errors' {
    It 'say what to do: <Id>' -ForEach @(
        @{ Id = 'NotFound'; Call = { Find-IcePap -MacAddress (New-LabMac) -Interface 127.0.0.1 -TimeoutSeconds 0.05 -Retry 0 } }
        @{ Id = 'NotFound'; Call = { Get-FlexLmFeature nosuchfeature -Server $server.Server } }
        @{ Id = 'NotFound'; Call = { Get-FlexLmError -99999 } }
        @{ Id = 'InterfaceNotFound'; Call = { Find-IcePap -Interface nosuchinterface } }
        @{ Id = 'ServerDown'; Call = { Get-FlexLmFeature -Server 9@127.0.0.1 } }
        @{ Id = 'InvalidServer'; Call = { Get-FlexLmStatus lic1:27000 } }
        @{ Id = 'NotHex'; Call = { ConvertFrom-IcePapPacket zz } }
        @{ Id = 'MalformedPacket'; Call = { ConvertFrom-IcePapPacket '00 01' } }
        @{ Id = 'PathNotFound'; Call = { Import-FlexLmLog (Join-Path $TestDrive 'none.log') } }
        @{ Id = 'NothingToWrite'; Call = { @() | Export-FlexLmMetric (Join-Path $TestDrive 'none.prom') } }
        @{ Id = 'LmUtilNotStarted'; Call = { Get-FlexLmFeature -Server 27000@lic1 -LmUtilPath (Join-Path $TestDrive 'none') } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problems = @(& $Call 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike "PSLabNet.$Id,*"
        $problems[0].ErrorDetails.RecommendedAction | Should -Match '^[A-Z].{15,}\.$'
    }
}

Describe 'A program of -LmUtilPath that does not exist' {
    It 'is not a server that is down: Get-FlexLmStatus warns that the server was not queried' {
        $status = Get-FlexLmStatus 27000@lic1 -LmUtilPath (Join-Path $TestDrive 'none') -WarningVariable warnings -WarningAction SilentlyContinue
        $status.Error | Should -Not -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '27000@lic1*was not queried*'
    }

    It 'is no warning where the program ran, or where the server itself was queried' {
        $null = Get-FlexLmStatus $server.Server, 9@127.0.0.1 -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }
}

Describe 'An old report of lmstat' {
    It 'shows its date, and what has expired since, also from <_>' -ForEach 'the pipeline', 'a file' {
        $report = "lmutil - Copyright (c) 1989-2022 Flexera`nFlexible License Manager status on Mon 3/2/2020 11:26`n`nLicense server status: 27004@lic1`n    License file(s) on lic1: /x:`n`n    lic1: license server UP (MASTER) v11.16.2`n`nFeature usage info:`n`nUsers of gone:  (Total of 20 licenses issued;  Total of 0 licenses in use)`n`nNOTE: lmstat -i does not give information from the server,`n      but only reads the license file.`n`nFeature   Version   #licenses  Expires        Vendor`n_______   _______   __________ _______        ______`ngone      1.0       20         31-dec-2020    MLM`n"
        $warnings = if ($_ -eq 'a file') {
            $file = Join-Path $TestDrive 'old.txt'
            Set-Content $file $report
            ConvertFrom-LmStat -Path $file 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
        }
        else { $report | ConvertFrom-LmStat 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } }
        @($warnings.Message -match '2020-03-02 11:26, \d+ days ago\. Licenses of these features have expired since then: gone\.').Count | Should -Be 1
    }

    It 'has its date in the table' {
        $snapshot = ConvertFrom-LmStat -Path (Join-Path $root 'tests/corpus/lmstat/single-server.txt') -WarningAction SilentlyContinue
        $snapshot | Out-String | Should -Match $snapshot.ReportedAt.ToString('yyyy-MM-dd HH:mm')
    }
}

Describe 'License lines' {
    It 'say how many days are left' {
        $lines = Get-FlexLmLicense $server.Server
        ($lines | Where-Object Feature -EQ old).DaysLeft | Should -Be ([int] ([datetime] '2020-01-01' - [datetime]::Today).TotalDays)
        ($lines | Where-Object Feature -EQ free).DaysLeft | Should -BeNullOrEmpty
        $lines | Where-Object DaysLeft -LT 30 | Where-Object { $null -ne $_.DaysLeft } | ForEach-Object Feature | Should -Be 'old'
    }
}
