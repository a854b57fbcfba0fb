BeforeAll { . (Join-Path $PSScriptRoot 'LicenseLab.ps1') }

AfterAll { Stop-FlexLmSimulator }

Describe 'Get-FlexLmLicense' {
    BeforeAll {
        $file = Join-Path $TestDrive 'lab.lic'
        Set-Content $file ($license + "`nINCREMENT broken`nFEATURE last MLM 1.0 1-jan-0 1 KEY1 XYZ=unknown")
    }

    It 'reads files, and reports a bad line with its number' {
        $lines = Get-FlexLmLicense -Path (Join-Path $TestDrive '*.lic') -ErrorVariable errors -ErrorAction SilentlyContinue
        $lines | Should -HaveCount 8
        $lines[3] | Should -BeOfType PSLabNet.FlexLm.FlexLmLicenseLine
        $lines[3].Kind | Should -Be 'Increment'
        $lines[3].Signature | Should -Be '1111111111'
        $lines[3].LineNumber | Should -Be 4
        $lines[3].Source | Should -Be $file
        $lines[-1].Expires | Should -BeNullOrEmpty
        $lines[-1].Attributes['XYZ'] | Should -Be 'unknown'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.LicenseFault,*'
        $errors[0].Exception.Message | Should -BeLike '*lab.lic:8:*'
    }

    It 'reads the license file of a server, and returns it raw' {
        $server = Start-FlexLmSimulator -LicenseText $license
        (Get-FlexLmLicense $server.Server | Where-Object Kind -EQ Increment) | Should -HaveCount 3
        Get-FlexLmLicense $server.Server -Raw | Should -BeLike '*Signal_Toolbox*'
        $server | Stop-FlexLmSimulator
    }

    It 'reports a file that does not exist, and a server that is down' {
        Get-FlexLmLicense -Path (Join-Path $TestDrive 'none.lic') -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
        $dead = Start-FlexLmSimulator -Fault Refuse
        Get-FlexLmLicense $dead.Server -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.ServerDown,*'
        $dead | Stop-FlexLmSimulator
    }

    It 'takes files from Get-ChildItem' {
        (Get-ChildItem $TestDrive -Filter *.lic | Get-FlexLmLicense -ErrorAction SilentlyContinue | Where-Object Feature -EQ MATLAB).Count | Should -Be 2
    }
}

Describe 'Get-FlexLmError' {
    It 'explains a number, with or without its sign' {
        (Get-FlexLmError -15).Name | Should -Be 'LM_CANTCONNECT'
        (Get-FlexLmError 15).Code | Should -Be -15
        (-96, -97 | Get-FlexLmError).Count | Should -Be 2
    }

    It 'lists the whole table' { (Get-FlexLmError).Count | Should -BeGreaterThan 190 }

    It 'reports a number that is not in the table' {
        Get-FlexLmError 9999 -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.NotFound,*'
    }
}
