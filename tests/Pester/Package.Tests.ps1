# What build.ps1 -Task Package makes: laid out once, then looked at as the Gallery, an installer and an auditor would.
BeforeDiscovery {
    $gets = [bool] (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet)
    if (-not $gets) { Write-Warning 'PSResourceGet is not installed: no installation is tried. Install-Module Microsoft.PowerShell.PSResourceGet brings it.' }
    $catalogs = [bool] (Get-Command New-FileCatalog -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $manifest = Import-PowerShellDataFile (Join-Path $root 'PSLabNet.psd1')
    $version = $manifest.ModuleVersion
    $said = Invoke-PowerShell -File (Join-Path $root 'build.ps1') -Task Package -Configuration Release 2>&1
    if ($LASTEXITCODE -ne 0) { throw "The package was not built: $($said -join "`n")" }
    $module = Join-Path $root "out/PSLabNet/$version"
    $nupkg = Join-Path $root "out/PSLabNet.$version.nupkg"

    function Get-PackageEntry {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $zip = [System.IO.Compression.ZipFile]::OpenRead($nupkg)
        try {
            foreach ($entry in $zip.Entries) {
                $reader = [System.IO.StreamReader]::new($entry.Open())
                [pscustomobject] @{ Name = $entry.FullName; Text = $reader.ReadToEnd() }
                $reader.Dispose()
            }
        }
        finally { $zip.Dispose() }
    }

    function Invoke-Installed {
        param([string] $Path, [string] $Command)
        Invoke-PowerShell -Command "Import-Module '$Path' -ErrorAction Stop; $Command"
    }
}

Describe 'The version' -Tag CI {
    It 'is the same in manifest, assemblies, package and changelog' {
        Get-ChildItem (Join-Path $module 'bin') -Filter *.dll | ForEach-Object {
            $_.VersionInfo.FileVersion | Should -Be "$version.0"
            $_.VersionInfo.ProductVersion -replace '\+.*' | Should -Be $version
            [System.Reflection.AssemblyName]::GetAssemblyName($_.FullName).Version | Should -Be ([version] "$version.0")
        }
        ([xml] (Get-PackageEntry | Where-Object Name -eq 'PSLabNet.nuspec').Text).package.metadata.version | Should -Be $version
        $released = @([regex]::Matches((Get-Content (Join-Path $root 'CHANGELOG.md') -Raw), '(?m)^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d\s*$') | ForEach-Object { [version] $_.Groups[1].Value })
        $unreleased = (Get-Content (Join-Path $root 'CHANGELOG.md') -Raw) -match '(?ms)^## \[Unreleased\]\s*?\n(?!\s*(^## |\z))'
        if ($unreleased) { $released | ForEach-Object { [version] $version | Should -BeGreaterThan $_ -Because 'what is unreleased will be a later version' } }
        else { $released[0] | Should -Be ([version] $version) -Because 'the newest section is of the version in the manifest' }
    }

    It 'is written in the manifest only' {
        $versions = Get-ChildItem $root -Recurse -Include *.props, *.csproj, *.targets -Exclude Directory.Packages.props |
            Where-Object FullName -notmatch '[\\/](obj|bin|out)[\\/]' | Select-String '<(Assembly|File|Package|Informational)?Version(Prefix)?>\s*\d'
        $versions | Should -BeNullOrEmpty
    }
}

Describe 'The laid out module' -Tag CI {
    It 'has a clean manifest with the release notes of the changelog' {
        $tested = Test-ModuleManifest (Join-Path $module 'PSLabNet.psd1') -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $notes = $tested.PrivateData.PSData.ReleaseNotes
        $notes | Should -Match '### Added'
        (Get-Content (Join-Path $root 'CHANGELOG.md') -Raw) -replace "`r" | Should -Match ([regex]::Escape($notes.Trim()))
    }

    It 'imports by itself' {
        Invoke-Installed (Join-Path $module 'PSLabNet.psd1') '(Get-Command -Module PSLabNet).Count' | Should -Be $manifest.CmdletsToExport.Count
    }

    It 'is installed by one line in a clone, where PowerShell finds it by its name (Linux)' -Skip:(-not $IsLinux) {
        # Modules of this account are elsewhere meanwhile; its packages of NuGet stay where they are.
        $account = New-Item -ItemType Directory (Join-Path $TestDrive 'account')
        $before = $env:XDG_DATA_HOME, $env:PSModulePath
        try {
            $env:XDG_DATA_HOME = $account.FullName
            $env:PSModulePath = $null
            foreach ($time in 1, 2) {
                $said = Invoke-PowerShell -File (Join-Path $root 'build.ps1') -Task Install
                $LASTEXITCODE | Should -Be 0 -Because "$said"
            }

            $got = Invoke-PowerShell -Command '(Get-Command Find-IcePap).Module.ModuleBase; (Get-FlexLmError -15).Name'
        }
        finally { $env:XDG_DATA_HOME, $env:PSModulePath = $before }
        $got | Should -Be @((Join-Path $account.FullName "powershell/Modules/PSLabNet/$version"), 'LM_CANTCONNECT')
    }

    It 'has three assemblies, each with its symbols, and no other' {
        (Get-ChildItem $module -Recurse -Filter *.dll).Name | Sort-Object | Should -Be @('PSLabNet.Core.dll', 'PSLabNet.dll', 'PSLabNet.Simulation.dll')
        (Get-ChildItem $module -Recurse -Filter *.pdb).Name | Sort-Object | Should -Be @('PSLabNet.Core.pdb', 'PSLabNet.pdb', 'PSLabNet.Simulation.pdb')
    }

    It 'names no folder of the machine that built it' {
        Get-ChildItem (Join-Path $module 'bin') -File | ForEach-Object {
            [System.Text.Encoding]::GetEncoding(28591).GetString([System.IO.File]::ReadAllBytes($_.FullName)).Contains("$root/src") | Should -BeFalse -Because $_.Name
        }
    }

    It 'has a catalog of its files (New-FileCatalog, which only Windows has)' -Skip:(-not $catalogs) {
        Test-FileCatalog -Path $module -CatalogFilePath (Join-Path $module 'PSLabNet.cat') -FilesToSkip 'PSLabNet.cat' | Should -Be 'Valid'
    }
}

Describe 'The bill of materials' -Tag CI {
    BeforeAll {
        $text = Get-Content (Join-Path $module 'PSLabNet.cdx.json') -Raw
        $bill = $text | ConvertFrom-Json
    }

    It 'has the structure of CycloneDX 1.6' {
        $bill.bomFormat | Should -BeExactly 'CycloneDX'
        $bill.specVersion | Should -BeExactly '1.6'
        $bill.serialNumber | Should -MatchExactly '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$'
        $bill.version | Should -Be 1
        $known = 'bomFormat', 'specVersion', 'serialNumber', 'version', 'metadata', 'components', 'dependencies', 'compositions'
        $bill.psobject.Properties.Name | Should -BeIn $known
        $bill.metadata.component.type | Should -BeExactly 'library'
        $bill.metadata.component.purl | Should -BeExactly "pkg:nuget/PSLabNet@$version"
        $refs = @($bill.metadata.component.'bom-ref') + $bill.components.'bom-ref'
        ($refs | Select-Object -Unique).Count | Should -Be $refs.Count
        $bill.dependencies.ref | Should -Be $refs
        $bill.dependencies.dependsOn | ForEach-Object { $_ | Should -BeIn $refs }
        $bill.dependencies | ForEach-Object { , $_.dependsOn | Should -BeOfType ([array]) }
        $bill.compositions.assemblies | ForEach-Object { $_ | Should -BeIn $refs }
    }

    It 'lists the three assemblies with the hashes that they have' {
        $bill.components.name | Sort-Object | Should -Be @('PSLabNet', 'PSLabNet.Core', 'PSLabNet.Simulation')
        foreach ($component in $bill.components) {
            $component.type | Should -BeExactly 'library'
            $component.version | Should -Be $version
            $component.licenses.license.id | Should -Be 'MIT'
            $component.hashes.alg | Should -Be @('SHA-256', 'SHA-512')
            foreach ($hash in $component.hashes) {
                $hash.content | Should -BeExactly (Get-FileHash (Join-Path $module "bin/$($component.name).dll") -Algorithm ($hash.alg -replace '-')).Hash.ToLowerInvariant()
            }
        }
    }

    It 'says that this is all, and what the assemblies themselves say that they need' {
        $bill.compositions.aggregate | Should -BeExactly 'complete'
        $own = @($bill.components.name)
        foreach ($name in $own) {
            # In a process of its own: here the module of the checkout is loaded.
            $needs = Invoke-PowerShell -Command "[System.Reflection.Assembly]::LoadFrom('$(Join-Path $module "bin/$name.dll")').GetReferencedAssemblies().Name"
            $needs | Where-Object { $_ -notin $own } | ForEach-Object { $_ | Should -BeIn @('netstandard', 'System.Management.Automation') }
            $said = @(($bill.dependencies | Where-Object ref -eq "assembly:$name").dependsOn -replace '^assembly:')
            @($needs | Where-Object { $_ -in $own } | Sort-Object) | Should -Be @($said | Sort-Object)
        }
    }
}

Describe 'The package' -Tag CI {
    It 'holds the module and is the same whenever it is written' {
        $entries = Get-PackageEntry
        foreach ($file in Get-ChildItem $module -Recurse -File) {
            $entries.Name | Should -Contain $file.FullName.Substring($module.Length + 1).Replace('\', '/')
        }
        $entries.Name | Should -Contain 'package/services/metadata/core-properties/core.psmdcp'
        ($entries | Where-Object Name -eq '_rels/.rels').Text | Should -Match '/package/services/metadata/core-properties/core\.psmdcp'
        $metadata = ([xml] ($entries | Where-Object Name -eq 'PSLabNet.nuspec').Text).package.metadata
        $metadata.description | Should -Be $manifest.Description
        $metadata.releaseNotes | Should -Match 'Find-IcePap'
        -split $metadata.tags | Should -Contain 'PSCommand_Find-IcePap'
        $metadata.dependencies | Should -BeNullOrEmpty
    }

    Context 'in a folder that is a repository (Microsoft.PowerShell.PSResourceGet)' -Skip:(-not $gets) {
        BeforeAll {
            Import-Module Microsoft.PowerShell.PSResourceGet
            $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'repository')
            Copy-Item $nupkg $folder
            $repository = "PSLabNetTest$PID"
            Register-PSResourceRepository -Name $repository -Uri $folder.FullName -Trusted
        }

        AfterAll { Unregister-PSResourceRepository -Name $repository }

        It 'is found by its name' {
            $found = Find-PSResource PSLabNet -Repository $repository
            $found.Version | Should -Be $version
            $found.ReleaseNotes | Should -Match 'Find-IcePap'
            $found.Dependencies | Should -BeNullOrEmpty
        }

        It 'is saved to a folder and runs from there' {
            $target = New-Item -ItemType Directory (Join-Path $TestDrive 'saved')
            Save-PSResource PSLabNet -Repository $repository -Path $target.FullName
            $path = Join-Path $target.FullName "PSLabNet/$version/PSLabNet.psd1"
            Invoke-Installed $path '$s = Start-FlexLmSimulator; (Get-FlexLmFeature -Server $s.Server).Count; Stop-FlexLmSimulator' | Should -Be 5
        }

        It 'is installed where PowerShell finds it by its name (Linux)' -Skip:(-not $IsLinux) {
            # A home of its own: nothing of this account is touched.
            $home1 = New-Item -ItemType Directory (Join-Path $TestDrive 'home')
            $script = "
                Register-PSResourceRepository -Name Local -Uri '$($folder.FullName)' -Trusted
                Install-PSResource PSLabNet -Repository Local -Scope CurrentUser
                (Get-InstalledPSResource PSLabNet).Version.ToString()
                (Get-Command Find-IcePap).Module.ModuleBase"
            $before = $env:HOME, $env:XDG_DATA_HOME, $env:PSModulePath
            try {
                $env:HOME = $home1.FullName
                $env:XDG_DATA_HOME = $null
                $env:PSModulePath = (Split-Path (Split-Path (Get-Module Microsoft.PowerShell.PSResourceGet).ModuleBase)), $env:PSModulePath -join ':'
                $got = @(Invoke-PowerShell -Command $script)
            }
            finally { $env:HOME, $env:XDG_DATA_HOME, $env:PSModulePath = $before }
            $got | Should -Be @($version, (Join-Path $home1.FullName ".local/share/powershell/Modules/PSLabNet/$version"))
        }
    }

    It 'is taken by Install-Module as well (PowerShellGet 2)' -Skip:(-not (Get-Module -ListAvailable PowerShellGet | Where-Object Version -ge ([version]::new(2, 0)))) {
        # PowerShellGet 2 bootstraps a provider; where it is not there, it would have to be fetched, which a test does not.
        if (-not (Get-PackageProvider -ListAvailable -Name NuGet -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'the NuGet provider of PackageManagement is not installed (Install-PackageProvider NuGet)'
            return
        }
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'gallery')
        $target = New-Item -ItemType Directory (Join-Path $TestDrive 'modules')
        Copy-Item $nupkg $folder
        $name = "PSLabNetGallery$PID"
        Register-PSRepository -Name $name -SourceLocation $folder.FullName -InstallationPolicy Trusted
        try { Save-Module PSLabNet -Repository $name -Path $target.FullName }
        finally { Unregister-PSRepository -Name $name }
        Join-Path $target.FullName "PSLabNet/$version/PSLabNet.psd1" | Should -Exist
    }
}
