# The output of build.ps1 -Task Package, built once, then checked like the Gallery, an installer and an auditor would.
BeforeDiscovery {
    $gets = [bool] (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet)
    if (-not $gets) { Write-Warning 'PSResourceGet is not installed: the installation is not tested. Install-Module Microsoft.PowerShell.PSResourceGet installs it.' }
    $sdk = [bool] (Get-Command dotnet -CommandType Application -ErrorAction Ignore)
    $top = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    # Without the SDK, as under Wine, the package that was built last is looked at.
    $isThere = $sdk -or (Test-Path (Join-Path $top 'out/PSLabNet.*.nupkg'))
    # Windows writes a catalog of the files into what it builds.
    $catalogs = $sdk -and [bool] (Get-Command New-FileCatalog -ErrorAction Ignore)
}

BeforeAll { . (Join-Path $PSScriptRoot 'PackageLab.ps1') }

Describe 'The version (the .NET SDK, or a package that was built before)' -Tag CI -Skip:(-not $isThere) {
    It 'is the same in manifest, assemblies, package and changelog' {
        Get-ChildItem (Join-Path $module 'bin') -Recurse -Filter PSLabNet*.dll | ForEach-Object {
            $_.VersionInfo.FileVersion | Should -Be "$version.0"
            $_.VersionInfo.ProductVersion -replace '\+.*' | Should -Be $version
            [System.Reflection.AssemblyName]::GetAssemblyName($_.FullName).Version | Should -Be ([version] "$version.0")
        }
        ([xml] (Get-PackageEntry | Where-Object Name -eq 'PSLabNet.nuspec').Text).package.metadata.version | Should -Be $version
        $released = @([regex]::Matches((Get-Content (Join-Path $root 'CHANGELOG.md') -Raw), '(?m)^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d\s*$') | ForEach-Object { [version] $_.Groups[1].Value })
        $unreleased = (Get-Content (Join-Path $root 'CHANGELOG.md') -Raw) -match '(?ms)^## \[Unreleased\]\s*?\n(?!\s*(^## |\z))'
        if ($unreleased) { $released | ForEach-Object { [version] $version | Should -BeGreaterThan $_ -Because 'unreleased changes get a later version' } }
        else { $released[0] | Should -Be ([version] $version) -Because 'the newest section has the version of the manifest' }
    }

    It 'is set in the manifest only' {
        $versions = Get-ChildItem $root -Recurse -Include *.props, *.csproj, *.targets -Exclude Directory.Packages.props |
            Where-Object FullName -notmatch '[\\/](obj|bin|out)[\\/]' | Select-String '<(Assembly|File|Package|Informational)?Version(Prefix)?>\s*\d'
        $versions | Should -BeNullOrEmpty
    }
}

Describe 'The laid out module (the .NET SDK, or a package that was built before)' -Tag CI -Skip:(-not $isThere) {
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

    It 'has the help where Get-Help finds it' {
        $examples = ([regex]::Matches((Get-Content (Join-Path $root 'docs/en-US/Find-IcePap.md') -Raw), '(?m)^### Example')).Count
        $examples | Should -BeGreaterThan 0
        $shown = Invoke-PowerShell -Command "
            Import-Module '$(Join-Path $module 'PSLabNet.psd1')' -ErrorAction Stop
            (Get-Help Find-IcePap -Full).examples.example.Count
            (Get-Help about_PSLabNet_Servers | Out-String).Contains('SHORT DESCRIPTION')"
        $shown | Should -Be @("$examples", 'True')
        (Get-PackageEntry).Name | Should -Contain 'en-US/PSLabNet.dll-Help.xml'
    }

    It 'is installed by one line in a clone, where PowerShell finds it by its name (Linux)' -Skip:(-not $IsLinux) {
        # During the test, the account's modules are in another folder. Its NuGet packages do not move.
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

    It 'keeps the choices by edition in its manifest' {
        $text = Get-Content (Join-Path $module 'PSLabNet.psd1') -Raw
        $inWindows = & ([scriptblock]::Create($text.Replace('$PSEdition', "'Desktop'")))
        $inWindows.RootModule, $inWindows.PowerShellVersion | Should -Be 'bin/netstandard2.0/PSLabNet.dll', '5.1'
        $here = & ([scriptblock]::Create($text))
        $here.RootModule, $here.PowerShellVersion | Should -Be 'bin/net8.0/PSLabNet.dll', '7.4'
    }

    It 'has for each edition three assemblies with their symbols, for PowerShell one package more, and no others' {
        $own = 'PSLabNet.Core', 'PSLabNet', 'PSLabNet.Simulation' | ForEach-Object { "$_.dll"; "$_.pdb" }
        (Get-ChildItem (Join-Path $module 'bin/netstandard2.0')).Name | Sort-Object | Should -Be ($own | Sort-Object)
        (Get-ChildItem (Join-Path $module 'bin/net8.0')).Name | Sort-Object | Should -Be ($own + 'System.IO.Hashing.dll' | Sort-Object)
        (Get-ChildItem $module -Recurse -Filter *.dll).Count | Should -Be 7
    }

    It 'has the license of everything that is in it' {
        foreach ($file in 'LICENSE', 'THIRD-PARTY-NOTICES.txt') { Join-Path $module $file | Should -Exist }
        $notices = Get-Content (Join-Path $module 'THIRD-PARTY-NOTICES.txt') -Raw
        Get-ChildItem $module -Recurse -Filter *.dll | Where-Object Name -NotLike 'PSLabNet*' | ForEach-Object { $notices | Should -Match ([regex]::Escape($_.Name)) }
    }

    It 'names no folder of the machine that built it' {
        Get-ChildItem (Join-Path $module 'bin') -Recurse -File | ForEach-Object {
            [System.Text.Encoding]::GetEncoding(28591).GetString([System.IO.File]::ReadAllBytes($_.FullName)).Contains("$root/src") | Should -BeFalse -Because $_.Name
        }
    }

    It 'has a catalog of its files (New-FileCatalog, which only Windows has, and the .NET SDK)' -Skip:(-not $catalogs) {
        Test-FileCatalog -Path $module -CatalogFilePath (Join-Path $module 'PSLabNet.cat') -FilesToSkip 'PSLabNet.cat' | Should -Be 'Valid'
    }
}

Describe 'The bill of materials (the .NET SDK, or a package that was built before)' -Tag CI -Skip:(-not $isThere) {
    BeforeAll {
        $text = Get-Content (Join-Path $module 'PSLabNet.cdx.json') -Raw
        $bill = $text | ConvertFrom-Json
    }

    It 'is a CycloneDX 1.6 of this module, and says neither when nor where it was made' {
        $bill.bomFormat | Should -BeExactly 'CycloneDX'
        $bill.specVersion | Should -BeExactly '1.6'
        $bill.metadata.component.purl | Should -BeExactly "pkg:nuget/PSLabNet@$version"
        $bill.metadata.component.licenses.license.id | Should -Be 'MIT'
        $bill.metadata.psobject.Properties.Name | Should -Not -Contain 'timestamp'
        $bill.psobject.Properties.Name | Should -Not -Contain 'serialNumber'
        $text | Should -Not -Match ([regex]::Escape($root))
    }

    It 'lists the packages in the module with version, license and hash, and those whose source was compiled in' {
        ($bill.components | Where-Object scope -EQ 'required').name | Should -Be 'IsExternalInit', 'Nullable', 'PSLabNet.Core', 'PSLabNet.Simulation', 'System.IO.Hashing'
        ($bill.components | Where-Object scope -EQ 'excluded').name | Should -Be 'PolySharp'
        $hashing = $bill.components | Where-Object name -EQ 'System.IO.Hashing'
        $hashing.licenses.license.id | Should -Be 'MIT'
        $hashing.hashes.alg | Should -Be 'SHA-512'
        $hashing.hashes.content | Should -Match '^[0-9A-F]{128}$'
        $shipped = (Get-Item (Join-Path $module 'bin/net8.0/System.IO.Hashing.dll')).VersionInfo.ProductVersion -replace '\+.*'
        $hashing.version | Should -Be $shipped
    }

    It 'has the references of the assemblies, and each assembly finds in its folder what its runtime does not have' {
        foreach ($leg in 'net8.0', 'netstandard2.0') {
            $folder = Join-Path $module "bin/$leg"
            $runtime = if ($leg -eq 'net8.0') { '^System\.(?!IO\.Hashing)|^netstandard$|^mscorlib$|^Microsoft\.Win32\.' } else { '^netstandard$|^System\.Management\.Automation$' }
            foreach ($file in Get-ChildItem $folder -Filter PSLabNet*.dll) {
                # Runs in a separate process, because the module of the checkout is loaded here.
                $needs = Invoke-PowerShell -Command "[System.Reflection.Assembly]::LoadFrom('$($file.FullName)').GetReferencedAssemblies().Name"
                $beside = $needs | Where-Object { $_ -notmatch $runtime }
                $beside | ForEach-Object { Join-Path $folder "$_.dll" | Should -Exist }
                $said = ($bill.dependencies | Where-Object ref -EQ "pkg:nuget/$($file.BaseName)@$version").dependsOn -replace '^pkg:nuget/|@.*'
                $beside | ForEach-Object { $_ | Should -BeIn $said }
            }
        }
    }
}

Describe 'The package (the .NET SDK, or a package that was built before)' -Tag CI -Skip:(-not $isThere) {
    It 'contains the module, and has the same bytes whenever it is made' {
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
            # Uses a home folder of its own, so nothing of this account changes.
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

    It 'is installed by Install-Module as well (PowerShellGet 2)' -Skip:(-not (Get-Module -ListAvailable PowerShellGet | Where-Object Version -ge ([version]::new(2, 0)))) {
        # PowerShellGet 2 needs a provider. If it is missing, PowerShellGet downloads it, and tests do not download.
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
