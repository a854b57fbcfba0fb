BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')

    # The assemblies of a new process that has imported a module, apart from those that the process made itself.
    function Get-LabLoaded {
        param([string] $Manifest)
        Invoke-PowerShell -Command "Import-Module '$($Manifest -replace "'", "''")'; [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { -not `$_.IsDynamic -and `$_.Location } | ForEach-Object { `$_.GetName().Name }"
    }
}

# How long it takes is measured by tests/PSLabNet.Benchmarks, beside an empty module.
Describe 'Import-Module' {
    It 'loads the assemblies of the module and no other, so that nothing is done but registration' {
        & (Join-Path $root 'tests/PSLabNet.Benchmarks/PowerShell/New-EmptyModule.ps1') -Path $TestDrive
        $theirs = Get-LabLoaded (Join-Path $TestDrive 'EmptyWithFiles/EmptyWithFiles.psd1')

        $ours = Get-LabLoaded (Join-Path $root 'PSLabNet.psd1')

        # Sockets, expressions, more collections: code that runs would bring them.
        $ours | Where-Object { $_ -notin $theirs } | Sort-Object | Should -Be 'PSLabNet', 'PSLabNet.Core', 'PSLabNet.Simulation'
    }
}
