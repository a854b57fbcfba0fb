BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $options = Join-Path $TestDrive 'mlm.opt'
    Set-Content $options '# site', 'GROUP control ada \', '  grace', 'RESERVE 2 MATLAB USER alice', 'RESERVE 2 MATLAB GROUP control', 'TIMEOUT MATLAB soon', 'EXCLUDE SIMULINK USER "Mary Ann"'
    $license = Join-Path $TestDrive 'mlm.lic'
    $text = "SERVER this_host ANY`nVENDOR MLM`nINCREMENT MATLAB MLM 52 permanent 3 SIGN=1111111111`n"
    Set-Content $license $text
}

Describe 'Get-FlexLmOption' {
    It 'reads each line into an object, and reports the line that it cannot read' {
        $read = Get-FlexLmOption $options -ErrorVariable errors -ErrorAction SilentlyContinue
        $read | Should -BeOfType PSLabNet.FlexLm.FlexLmOption
        $read.Keyword -join ' ' | Should -Be 'GROUP RESERVE RESERVE EXCLUDE'
        $read[0].Names -join ' ' | Should -Be 'ada grace'
        "$($read[1].Number) $($read[1].Feature) $($read[1].Type) $($read[1].Names)" | Should -Be '2 MATLAB User alice'
        $read[3].Names | Should -Be 'Mary Ann'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.OptionFault,*'
        "$($errors[0])" | Should -Match ':6: .*soon'
        $errors[0].ErrorDetails.RecommendedAction | Should -Match 'Test-FlexLmOption'
    }

    It 'takes files and texts from the pipeline' {
        (Get-Item $options | Get-FlexLmOption -ErrorAction SilentlyContinue).Count | Should -Be 4
        ($options | Get-FlexLmOption -ErrorAction SilentlyContinue).Count | Should -Be 4
    }

    It 'shows the features with their modifiers, and the members of groups' {
        $view = Get-FlexLmOption $options -ErrorAction SilentlyContinue | Out-String -Width 120
        $view | Should -Match 'GROUP\s+control\s+ada grace'
        $view | Should -Match 'RESERVE\s+MATLAB\s+2\s+User\s+alice'
    }

    It 'reports a path that does not exist' {
        Get-FlexLmOption (Join-Path $TestDrive none.opt) -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
    }
}

Describe 'Test-FlexLmOption' {
    It 'finds bad lines without a license file' {
        $findings = Test-FlexLmOption $options
        $findings | Should -BeOfType PSLabNet.FlexLm.FlexLmOptionFinding
        $findings.Line | Should -Be 6
        "$($findings.Severity) $($findings.Keyword)" | Should -Be 'Error TIMEOUT'
        $findings.Cure | Should -Not -BeNullOrEmpty
    }

    It 'compares with a license file' {
        $findings = Test-FlexLmOption $options -LicensePath $license
        $findings.Line -join ' ' | Should -Be '5 6 7'
        $findings[0].Message | Should -Match '4 licenses .* reserved, and 3 are issued'
        $findings[2].Message | Should -Match "no feature 'SIMULINK'"
    }

    It 'compares with what a server says' {
        $server = Start-FlexLmSimulator -LicenseText $text
        try {
            (Test-FlexLmOption $options -Server $server.Server).Line -join ' ' | Should -Be '5 6 7'
        }
        finally {
            $server | Stop-FlexLmSimulator
        }
    }

    It 'says that a server is down, and does not say that it has no features' {
        $dead = Start-FlexLmSimulator -Fault Refuse
        try {
            Test-FlexLmOption $options -Server $dead.Server -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.ServerDown,*'
        }
        finally {
            $dead | Stop-FlexLmSimulator
        }
    }

    It 'writes nothing for a file that is right' {
        $right = Join-Path $TestDrive 'right.opt'
        Set-Content $right 'RESERVE 1 MATLAB USER alice', 'NOLOG QUEUED'
        Test-FlexLmOption $right -LicensePath $license | Should -BeNullOrEmpty
    }
}
