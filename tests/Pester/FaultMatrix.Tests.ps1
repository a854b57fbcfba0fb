# The table of faults in docs/reliability.md says what the tests say.
BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $script = Join-Path $root 'tools/Build-FaultMatrix.ps1'
    $page = Join-Path $root 'docs/reliability.md'
    function Get-Page { param([string] $Path) [System.IO.File]::ReadAllText($Path) -replace "`r`n", "`n" }
}

Describe 'The table of faults' {
    It 'is in the page as the tests make it; ./tools/Build-FaultMatrix.ps1 writes it' {
        $table = & $script -PassThru
        $table.Split("`n").Count | Should -BeGreaterThan 2
        (Get-Page $page).Contains("`n`n$table`n`n") | Should -BeTrue -Because 'the page and the tests differ'
    }

    It 'replaces what was there, is the same when made again, and leaves the rest of the page alone' {
        $copy = Join-Path $TestDrive 'page.md'
        $tests = Join-Path $TestDrive 'Faults.Rain.Tests.ps1'
        Set-Content -Path $tests -Value "Describe 'd' { It 'Rain | Get-Hat | gets wet' { } }"
        Set-Content -Path $copy -Value "# Page`n`n## Faults`n`ntext`n`n## More`n" -NoNewline
        & $script -Page $copy -Path $tests
        $first = Get-Page $copy
        & $script -Page $copy -Path $tests
        Get-Page $copy | Should -BeExactly $first
        $first | Should -BeLike "# Page`n`n## Faults`n`n<!-- Written by *-->`n`n| Fault |*-->`n`ntext`n`n## More`n"
    }

    It 'has a row for each fault, a column for each cmdlet, and a dash where there is no test' {
        $tests = Join-Path $TestDrive 'Faults.Sample.Tests.ps1'
        Set-Content -Path $tests -Value "Describe 'd' { It 'Rain | Get-Hat | gets wet' { }; It 'Rain | Get-Hat | dries' { }; It 'Wind | Set-Hat | <What>' -ForEach @{ What = 'flies' } { }; It 'no cell' { } }; Describe '<Fault>' -ForEach @(@{ Fault = 'Snow' }, @{ Fault = 'Hail' }) { Context 'c' { It '<Fault> | Get-Hat | <What>' -ForEach @{ What = 'melts' } { } } }"
        & $script -Path $tests -PassThru | Should -BeExactly (@(
                '| Fault | `Get-Hat` | `Set-Hat` |'
                '| --- | --- | --- |'
                "| Rain | gets wet; dries | $([char] 0x2013) |"
                "| Wind | $([char] 0x2013) | flies |"
                "| Snow | melts | $([char] 0x2013) |"
                "| Hail | melts | $([char] 0x2013) |"
            ) -join "`n")
    }
}
