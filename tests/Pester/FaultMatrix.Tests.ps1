# docs/fault-matrix.md matches the tests of faults.
BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $script = Join-Path $root 'tools/Build-FaultMatrix.ps1'
    $page = & $script -PassThru
    function Get-Page { param([string] $Path) [System.IO.File]::ReadAllText($Path) -replace "`r`n", "`n" }
}

Describe 'The page of faults' {
    It 'is as the tests make it; ./tools/Build-FaultMatrix.ps1 writes it' {
        $page.Split("`n").Count | Should -BeGreaterThan 100
        Get-Page (Join-Path $root 'docs/fault-matrix.md') | Should -BeExactly $page -Because 'the page and the tests differ'
    }

    It 'is the same when it is written again, whatever was there' {
        $copy = Join-Path $TestDrive 'page.md'
        Set-Content -Path $copy -Value 'an older and longer page', $page
        & $script -Page $copy
        Get-Page $copy | Should -BeExactly $page
    }

    It 'has a table for each cmdlet, with a row for each fault, in the order of the tests' {
        $tests = Join-Path $TestDrive 'Faults.Sample.Tests.ps1'
        Set-Content -Path $tests -Value "Describe 'd' { It 'Rain | Get-Hat | gets wet' { }; It 'Rain | Get-Hat | dries' { }; It 'Wind | Set-Hat | <What>' -ForEach @{ What = 'flies' } { }; It 'no cell' { } }; Describe '<Fault>' -ForEach @(@{ Fault = 'Snow' }, @{ Fault = 'Hail' }) { Context 'c' { It '<Fault> | Get-Hat | <What>' -ForEach @{ What = 'melts' } { } } }"
        & $script -Path $tests -PassThru | Should -BeLike ("# *`n`n" + (@(
                    '## Get-Hat'
                    ''
                    '| Fault | What happens |'
                    '| --- | --- |'
                    '| Rain | gets wet; dries |'
                    '| Snow | melts |'
                    '| Hail | melts |'
                    ''
                    '## Set-Hat'
                    ''
                    '| Fault | What happens |'
                    '| --- | --- |'
                    '| Wind | flies |'
                    ''
                ) -join "`n"))
    }
}
