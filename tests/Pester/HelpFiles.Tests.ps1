# The files that Get-Help reads are made of the pages, and the scripts of the help run in every PowerShell.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'HelpPages.ps1')

    function Build-HelpTo {
        param([string] $Folder)
        & (Join-Path $root 'tools/Build-Help.ps1') -Destination $Folder
    }
}

Describe 'The help files' {
    It 'are generated from the pages; tools/Build-Help.ps1 writes them again' {
        $made = Join-Path $TestDrive 'help'
        Build-HelpTo $made
        $present = Join-Path $root 'en-US'
        @((Get-ChildItem $made).Name | Sort-Object) | Should -Be @((Get-ChildItem $present).Name | Sort-Object)
        foreach ($file in Get-ChildItem $made) {
            (Get-PageText (Join-Path $present $file.Name)) -ceq (Get-PageText $file.FullName) | Should -BeTrue -Because "$($file.Name) is made of the pages"
        }
    }

    It 'are the same bytes each time' {
        $first = Join-Path $TestDrive 'first'
        $second = Join-Path $TestDrive 'second'
        Build-HelpTo $first
        Build-HelpTo $second
        (Get-ChildItem $first | Get-FileHash).Hash | Should -Be (Get-ChildItem $second | Get-FileHash).Hash
    }

    It 'cover only commands and topics that exist' {
        $known = @((Get-Command -Module PSLabNet).Name) + 'about_PSLabNet', 'about_PSLabNet_FlexLm', 'about_PSLabNet_IcePap', 'about_PSLabNet_Servers'
        (Get-ChildItem $helpPages -Filter *.md).BaseName | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }

    It 'are not made from a page that lacks a section' {
        $broken = Join-Path $TestDrive 'broken'
        $null = New-Item -ItemType Directory $broken
        (Get-PageText (Join-Path $helpPages 'Find-IcePap.md')) -replace '(?m)^## NOTES$', '## NOTE' | Set-Content (Join-Path $broken 'Find-IcePap.md')
        { & (Join-Path $root 'tools/Build-Help.ps1') -Source $broken -Destination (Join-Path $TestDrive 'nothing') } | Should -Throw '*NOTES*'
    }
}

Describe 'The scripts of the help' {
    It '<_> parses, and uses no syntax that Windows PowerShell lacks' -ForEach 'tools/Build-Help.ps1', 'tools/HelpPage.ps1', 'tools/HelpAbout.ps1', 'tools/Package.ps1', 'tests/Pester/HelpPages.ps1',
        'tests/Pester/Invoke-HelpExample.ps1', 'build.ps1' {
        $tokens = $null
        $faults = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile((Join-Path $root $_), [ref] $tokens, [ref] $faults)
        $faults | Should -BeNullOrEmpty
        $tokens.Kind | Where-Object { "$_" -in 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'QuestionMark', 'AndAnd', 'OrOr' } | Should -BeNullOrEmpty
    }
}
