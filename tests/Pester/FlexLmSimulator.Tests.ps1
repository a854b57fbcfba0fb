BeforeAll { . (Join-Path $PSScriptRoot 'LicenseLab.ps1') }

AfterAll { Stop-FlexLmSimulator }

Describe 'The FlexLM simulator' {
    It 'is started, listed and stopped' {
        $first = Start-FlexLmSimulator
        $second = Start-FlexLmSimulator
        (Get-FlexLmSimulator).Count | Should -BeGreaterOrEqual 2
        (Get-FlexLmSimulator $first.Port).Server | Should -Be $first.Server
        $first | Stop-FlexLmSimulator
        Get-FlexLmSimulator $first.Port | Should -BeNullOrEmpty
        (Get-FlexLmStatus $first.Server).Status | Should -Be 'Down'
        @() | Stop-FlexLmSimulator
        (Get-FlexLmStatus $second.Server).Status | Should -Be 'Up'
        Stop-FlexLmSimulator
        Get-FlexLmSimulator | Should -BeNullOrEmpty
    }

    It 'stops none when the port is <Name>' -ForEach @{ Name = 'null'; Value = $null }, @{ Name = 'an empty list'; Value = @() } {
        $server = Start-FlexLmSimulator
        Stop-FlexLmSimulator $Value
        (Get-FlexLmSimulator $server.Port).Server | Should -Be $server.Server
        $server | Stop-FlexLmSimulator
    }

    It 'serves a license file' {
        $file = Join-Path $TestDrive 'served.lic'
        Set-Content $file $license
        $server = Start-FlexLmSimulator -LicenseFile $file
        (Get-FlexLmFeature -Server $server.Server).Count | Should -Be 3
        $server | Stop-FlexLmSimulator
        Start-FlexLmSimulator -LicenseFile (Join-Path $TestDrive 'none.lic') -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
    }

    It 'reports a license file that cannot be read' {
        Start-FlexLmSimulator -LicenseFile $TestDrive -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.FileNotReadable,*'
    }

    It 'reports a port that is in use' {
        $first = Start-FlexLmSimulator
        Start-FlexLmSimulator -Port $first.Port -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PortInUse,*'
        Stop-FlexLmSimulator
    }
}
