BeforeAll { . (Join-Path $PSScriptRoot 'Lab.ps1') }

Describe 'The module' {
    It 'has a clean manifest' {
        $manifest = Test-ModuleManifest (Join-Path $root 'PSLabNet.psd1') -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $manifest.CompatiblePSEditions | Should -Be @('Desktop', 'Core')
        $manifest.PowerShellVersion | Should -Be $(if ($PSEdition -eq 'Core') { '7.4' } else { '5.1' })
    }

    It 'exports exactly what the manifest names' {
        $named = (Get-LabManifest).CmdletsToExport | Sort-Object
        (Get-Command -Module PSLabNet).Name | Sort-Object | Should -Be $named
    }

    It 'uses approved verbs' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module PSLabNet).Verb | ForEach-Object { $_ | Should -BeIn $approved }
    }

    It 'has three assemblies for Windows PowerShell, one package more for PowerShell, and no others' {
        $own = 'PSLabNet.Core.dll', 'PSLabNet.dll', 'PSLabNet.Simulation.dll'
        (Get-ChildItem (Join-Path $root 'bin/netstandard2.0') -Filter *.dll).Name | Sort-Object | Should -Be $own
        (Get-ChildItem (Join-Path $root 'bin/net8.0') -Filter *.dll).Name | Sort-Object | Should -Be ($own + 'System.IO.Hashing.dll')
    }

    It 'declares the output type of each command' {
        Get-Command -Module PSLabNet | ForEach-Object { $_.OutputType.Count | Should -BeGreaterThan 0 -Because $_.Name }
    }
}

Describe 'MacAddress in PowerShell' {
    It 'is read from every written form' -ForEach @('00:0c:c6:69:13:2d', '00-0C-C6-69-13-2D', '000c.c669.132d', '000CC669132D') {
        [string] [PSLabNet.MacAddress] $_ | Should -Be '00:0c:c6:69:13:2d'
    }

    It 'compares with text and sorts' {
        $low, $high = [PSLabNet.MacAddress[]] ('00:00:00:00:00:09', '00:00:00:00:00:0a')
        $low -eq '00-00-00-00-00-09' | Should -BeTrue
        $high -gt $low | Should -BeTrue
        ($high, $low | Sort-Object)[0] | Should -Be $low
    }

    It 'rejects other text and shows the forms' {
        { [PSLabNet.MacAddress] '00:0c:c6' } | Should -Throw '*00:0c:c6:69:13:2d*'
    }
}
