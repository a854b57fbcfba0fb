# Dot-sourced by Invoke-PesterSuite.ps1: the results of Pester as lines of JSON.

function Get-Name {
    # The name of a test, or of a block and those around it. Pester puts data into a name only when it runs the test.
    param($Of)
    if ($Of.Result -ne 'NotRun' -and $Of.ExpandedPath) { return $(if ($Of.Block) { $Of.ExpandedName } else { $Of.ExpandedPath }) }
    $sources = @($Of)
    for ($block = if ($Of.Block) { $Of.Block } else { $Of.Parent }; $block.Parent; $block = $block.Parent) { $sources += $block }
    $names = foreach ($part in $(if ($Of.Block) { $Of } else { $sources })) {
        [regex]::Replace($part.Name, '<(\w+)>', {
                param($match)
                $key = $match.Groups[1].Value
                if ($key -eq '_' -and $part.Data -isnot [System.Collections.IDictionary]) { return "$($part.Data)" }
                $source = $sources | Where-Object { $_.Data -is [System.Collections.IDictionary] -and $_.Data.Contains($key) } | Select-Object -First 1
                if ($source) { "$($source.Data[$key])" } else { $match.Value }
            })
    }
    $names = @($names)
    [array]::Reverse($names)
    $names -join '.'
}

function Get-SkipReason {
    # The message of the test; for -Skip, the text in parentheses in its name.
    param($Test)
    $said = @($Test.ErrorRecord | ForEach-Object { "$_" -replace '^is (skipped|inconclusive), because ' }) -join ' '
    if ($said) { return $said }
    # -Skip of a block also applies to its contents.
    $reason = "-Skip in line $($Test.StartLine)"
    for ($part = $Test; $part.Skip; $part = if ($part.Block) { $part.Block } else { $part.Parent }) {
        $inParentheses = [regex]::Matches($part.Name, '\(([^()]+)\)')
        if ($inParentheses.Count) { $reason = $inParentheses[$inParentheses.Count - 1].Groups[1].Value }
    }

    $reason
}

function ConvertTo-Result {
    # A test, or a block or a file that failed outside of its tests.
    param($Of, $File, [string] $Block, [string] $Name, [string] $Outcome, [string] $Message, [int] $Line)
    $tags = @($Of.Tag)
    for ($outer = if ($Of.Block) { $Of.Block } else { $Of.Parent }; $outer; $outer = $outer.Parent) { $tags += $outer.Tag }
    [ordered] @{
        File    = Split-Path $File.Item.FullName -Leaf
        Block   = $Block
        Name    = $Name
        Outcome = $Outcome
        Message = if ($Message) { $Message } else { @($Of.ErrorRecord | ForEach-Object { if ($_.DisplayErrorMessage) { $_.DisplayErrorMessage } else { "$_" } }) -join "`n" }
        Trace   = if ($Message) { '' } else { @($Of.ErrorRecord | ForEach-Object { if ($_.DisplayStackTrace) { $_.DisplayStackTrace } else { $_.ScriptStackTrace } }) -join "`n" }
        Seconds = [math]::Round($Of.Duration.TotalSeconds, 3)
        Line    = $Line
        Tags    = @($tags | Where-Object { $_ } | Select-Object -Unique)
    }
}

function Get-Result {
    # Every test that was run; if the run only lists tests, every test.
    param($Run, [switch] $List)
    foreach ($test in $Run.Tests | Where-Object { $List -or $_.Result -ne 'NotRun' }) {
        $reason = if ($test.Result -in 'Skipped', 'Inconclusive') { Get-SkipReason $test }
        ConvertTo-Result $test $test.Block.BlockContainer (Get-Name $test.Block) (Get-Name $test) $test.Result $reason $test.StartLine
    }

    foreach ($block in $Run.FailedBlocks) {
        ConvertTo-Result $block $block.BlockContainer (Get-Name $block) '(before or after its tests)' 'Failed'
    }

    foreach ($file in $Run.FailedContainers) {
        ConvertTo-Result $file $file '' '(outside of its tests)' 'Failed'
    }
}
