BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')

    # The assemblies of a new process that imported a module, without those that it generated itself.
    function Get-LabLoaded {
        param([string] $Manifest)
        Invoke-PowerShell -Command "Import-Module '$($Manifest -replace "'", "''")'; [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { -not `$_.IsDynamic -and `$_.Location } | ForEach-Object { `$_.GetName().Name }"
    }
}

# tests/PSLabNet.Benchmarks measures how long it takes, compared with an empty module.
Describe 'Import-Module' {
    It 'loads only the assemblies of the module, so it does nothing but register commands' {
        & (Join-Path $root 'tests/PSLabNet.Benchmarks/PowerShell/New-EmptyModule.ps1') -Path $TestDrive
        $theirs = Get-LabLoaded (Join-Path $TestDrive 'EmptyWithFiles/EmptyWithFiles.psd1')

        $ours = Get-LabLoaded (Join-Path $root 'PSLabNet.psd1')

        # Code that runs would also load sockets, expressions or more collections.
        $ours | Where-Object { $_ -notin $theirs } | Sort-Object | Should -Be 'PSLabNet', 'PSLabNet.Core', 'PSLabNet.Simulation'
    }
}
