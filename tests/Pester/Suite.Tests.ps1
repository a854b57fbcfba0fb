# The suite itself: which Pester runs it, what it reports, and that dotnet test reports the same.
BeforeDiscovery { $sdk = [bool] (Get-Command dotnet -CommandType Application -ErrorAction Ignore) }

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    . (Join-Path $root 'tests/PowerShell.ps1')

    # Tests of every kind, in three files.
    $samples = Join-Path $TestDrive 'samples'
    $null = New-Item -ItemType Directory $samples
    Set-Content (Join-Path $samples 'Good.Tests.ps1') @'
Describe 'Good' {
    It 'is <Word>' -ForEach @{ Word = 'one' }, @{ Word = 'two' } { 1 | Should -Be 1 }
    It 'comes from <_>' -ForEach 'the build' { (Get-Module Pester).ModuleBase | Should -BeLike '*bin*Pester' }
    It 'is left out (a reason)' -Skip { throw }
    Context 'on a machine (that nobody has)' -Skip { It 'is left out (too)' { throw } }
    It 'is left out while it runs' { Set-ItResult -Skipped -Because 'it is late' }
    It 'is long' -Tag CI { 1 | Should -Be 1 }
}
'@
    Set-Content (Join-Path $samples 'Bad.Tests.ps1') @'
Describe 'Bad' {
    It 'is two' { 1 | Should -Be 2 -Because 'we say so' }
    It 'is one' { 1 | Should -Be 1 }
    Context 'in the end' {
        It 'is one' { 1 | Should -Be 1 }
        AfterAll { throw 'too late' }
    }
}
'@
    Set-Content (Join-Path $samples 'Broken.Tests.ps1') "throw 'no test begins'"

    function Invoke-Sample {
        # The results of files by their names, as text, and the exit code.
        param([string[]] $Arguments)
        $file = Join-Path $TestDrive 'results.jsonl'
        $said = Invoke-PowerShell -File (Join-Path $root 'tests/Pester/Invoke-PesterSuite.ps1') -NoNamespace -Result $file @Arguments 2>&1
        $code = $LASTEXITCODE
        $results = if (Test-Path $file) { @(Get-Content $file | ConvertFrom-Json) } else { throw "$said" }
        Remove-Item $file
        [pscustomobject] @{
            Code    = $code
            Results = $results
            Lines   = $results | ForEach-Object { "$($_.Outcome) $($_.File -replace '\.Tests\.ps1') | $($_.Block) | $($_.Name)" }
        }
    }
}

Describe 'The suite' {
    It 'runs in the PowerShell that runs this test' {
        $here = $PSHOME, $PSVersionTable.PSVersion
        Invoke-PowerShell -Command '$PSHOME; "$($PSVersionTable.PSVersion)"' | Should -Be @("$($here[0])", "$($here[1])")
    }

    It 'uses the Pester of the build, whatever is installed' {
        # The folder of an account's modules, and a folder of a module path: both contain a newer Pester.
        $account = Join-Path $TestDrive 'account'
        foreach ($folder in (Join-Path $account 'powershell/Modules'), (Join-Path $TestDrive 'more')) {
            $fake = Join-Path $folder 'Pester/99.0.0'
            $null = New-Item -ItemType Directory $fake -Force
            Set-Content (Join-Path $fake 'Pester.psm1') "throw 'This Pester was not meant.'"
            Set-Content (Join-Path $fake 'Pester.psd1') "@{ RootModule = 'Pester.psm1'; ModuleVersion = '99.0.0'; FunctionsToExport = '*' }"
        }

        $before = $env:XDG_DATA_HOME, $env:PSModulePath
        try {
            $env:XDG_DATA_HOME = $account
            $env:PSModulePath = (Join-Path $TestDrive 'more') + [System.IO.Path]::PathSeparator + $env:PSModulePath
            # On Windows no variable says where the modules of an account are.
            $seen = if ($env:OS -eq 'Windows_NT') { '99.0.0' } else { '99.0.0 99.0.0' }
            (Invoke-PowerShell -Command '"$((Get-Module Pester -ListAvailable).Version)"') | Should -Be $seen -Because 'it has to be there to be found'
            $run = Invoke-Sample '-Path', (Join-Path $samples 'Good.Tests.ps1')
        }
        finally { $env:XDG_DATA_HOME, $env:PSModulePath = $before }

        $run.Code | Should -Be 0
        $run.Lines | Should -Contain 'Passed Good | Good | comes from the build'
    }

    It 'reports each test, with the reason of one that is skipped' {
        $run = Invoke-Sample '-Path', (Join-Path $samples 'Good.Tests.ps1'), '-ExcludeTag', 'CI'
        $run.Code | Should -Be 0
        $run.Lines | Should -Be @(
            'Passed Good | Good | is one'
            'Passed Good | Good | is two'
            'Passed Good | Good | comes from the build'
            'Skipped Good | Good | is left out (a reason)'
            'Skipped Good | Good | is left out while it runs'
            'Skipped Good | Good.on a machine (that nobody has) | is left out (too)'
        )
        ($run.Results | Where-Object Outcome -EQ Skipped).Message | Should -Be 'a reason', 'it is late', 'that nobody has'
    }

    It 'reports a test that fails, a block, and a file that fails outside of its tests' {
        $run = Invoke-Sample '-Path', "$(Join-Path $samples 'Bad.Tests.ps1'),$(Join-Path $samples 'Broken.Tests.ps1')"
        $run.Code | Should -Be 1
        $run.Lines | Should -Be @(
            'Failed Bad | Bad | is two'
            'Passed Bad | Bad | is one'
            'Passed Bad | Bad.in the end | is one'
            'Failed Bad | Bad.in the end | (before or after its tests)'
            'Failed Broken |  | (outside of its tests)'
        )
        $run.Results[0].Message | Should -BeLike '*because we say so*'
        $run.Results[0].Trace | Should -BeLike '*Bad.Tests.ps1:2*'
        $run.Results[3].Message | Should -BeLike '*too late*'
        $run.Results[4].Message | Should -BeLike '*no test begins*'
    }

    It 'takes a file whose tests are all skipped for a success, and a run that finds no test for a failure' {
        $file = Join-Path $TestDrive 'Elsewhere.Tests.ps1'
        Set-Content $file "Describe 'Elsewhere' { It 'runs (a machine that nobody has)' -Skip { throw } }"
        $suite = Join-Path $root 'tests/Pester/Invoke-PesterSuite.ps1'
        (Invoke-PowerShell -File $suite -NoNamespace -Path $file)[-1] | Should -Be 'Pester: 0 passed, 0 failed, 1 skipped'
        $LASTEXITCODE | Should -Be 0
        (Invoke-PowerShell -File $suite -NoNamespace -Path $file -Tag NoTestHasIt)[-1] | Should -Be 'Pester: 0 passed, 0 failed, 0 skipped'
        $LASTEXITCODE | Should -Be 1
    }

    It 'lists tests with their names and tags, and leaves out lines' {
        $file = Join-Path $samples 'Good.Tests.ps1'
        $listed = Invoke-Sample '-Path', $file, '-List'
        $listed.Lines | Should -Contain 'NotRun Good | Good | is two'
        $long = $listed.Results | Where-Object Name -EQ 'is long'
        $long.Tags | Should -Be 'CI'
        $others = @($listed.Results.Line | Where-Object { $_ -ne $long.Line } | Select-Object -Unique)
        (Invoke-Sample '-Path', $file, '-ExcludeLine', "Good.Tests.ps1:$($others -join ':')").Lines | Should -Be 'Passed Good | Good | is long'
    }
}

Describe 'dotnet test (the .NET SDK)' -Tag CI -Skip:(-not $sdk) {
    BeforeAll {
        # A clone with only the adapter and the samples.
        $clone = Join-Path $TestDrive 'clone'
        $pester = Join-Path $clone 'tests/Pester'
        $null = New-Item -ItemType Directory $pester, (Join-Path $clone '.config')
        Copy-Item (Join-Path $root '.config/dotnet-tools.json') (Join-Path $clone '.config')
        Copy-Item (Join-Path $root 'tests/PowerShell.ps1') (Join-Path $clone 'tests')
        Copy-Item (Join-Path $root 'tests/Pester/*.ps1') $pester -Exclude '*.Tests.ps1'
        Copy-Item (Join-Path $samples '*') $pester
        Copy-Item (Join-Path $root 'tests/Pester/bin') $pester -Recurse
        $adapter = (Get-ChildItem $pester -Recurse -Filter PSLabNet.Pester.TestAdapter.dll | Sort-Object LastWriteTime | Select-Object -Last 1).FullName

        function Invoke-DotNetTest {
            $said = & dotnet test $adapter @args 2>&1
            [pscustomobject] @{ Code = $LASTEXITCODE; Text = $said -join "`n" }
        }
    }

    It 'counts what Pester counts, names what failed, and fails' {
        $run = Invoke-DotNetTest
        $run.Code | Should -Be 1
        $run.Text | Should -Match 'Failed: +3, Passed: +5, Skipped: +3, Total: +11'
        $run.Text | Should -Match 'Failed Bad\.Tests\.ps1\.Bad\.is two'
        $run.Text | Should -Match 'because we say so'
        $run.Text | Should -Match 'Failed Broken\.Tests\.ps1\.\(outside of its tests\)'
        $run.Text | Should -Match 'it is late'
    }

    It 'runs all of a file whose name is the filter: <_>' -ForEach 'Good', 'Good.Tests.ps1' {
        $run = Invoke-DotNetTest --filter $_
        $run.Code | Should -Be 0
        $run.Text | Should -Match 'Failed: +0, Passed: +4, Skipped: +3, Total: +7'
    }

    It 'runs tests by other filters: <Filter>' -ForEach @(
        @{ Filter = 'FullyQualifiedName~Good.is two'; Counts = 'Failed: +0, Passed: +1, Skipped: +0, Total: +1' }
        @{ Filter = 'FullyQualifiedName~Good.is&Name!~two'; Counts = 'Failed: +0, Passed: +1, Skipped: +2, Total: +3' }
        @{ Filter = 'TestCategory=CI'; Counts = 'Failed: +0, Passed: +1, Skipped: +0, Total: +1' }
    ) {
        $run = Invoke-DotNetTest --filter $Filter
        $run.Code | Should -Be 0
        $run.Text | Should -Match $Counts
    }
}
