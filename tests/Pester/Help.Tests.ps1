# Code, pages and the output of Get-Help agree, and the examples of the pages run.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'HelpPages.ps1')
    Import-Module (Join-Path $helpRoot 'PSLabNet.psd1')
    $commands = @((Get-Command -Module PSLabNet -CommandType Cmdlet).Name | ForEach-Object { @{ Name = $_ } })
    $abouts = @('about_PSLabNet', 'about_PSLabNet_FlexLm', 'about_PSLabNet_IcePap', 'about_PSLabNet_Servers' | ForEach-Object { @{ Name = $_ } })
    # The examples of docs/scale-out.md and docs/scheduled-tasks.md have separate tests.
    $paths = @((Get-ChildItem $helpPages -Filter *.md).FullName) + ('docs/errors.md', 'docs/hostile-text.md', 'README.md' | ForEach-Object { Join-Path $helpRoot $_ })
    $inNamespace = [bool] $env:PSLABNET_TEST_NAMESPACE
    $run = @($paths | ForEach-Object {
            $examples = @(Get-PageExample $_ | ForEach-Object { $_ + @{ Skip = -not $inNamespace -and (Test-SendsEverywhere $_.Code) } })
            @{ Page = [System.IO.Path]::GetFileNameWithoutExtension($_); Path = $_; Examples = $examples }
        } | Where-Object { $_.Examples })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    . (Join-Path $PSScriptRoot 'HelpPages.ps1')
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + 'ProgressAction'

    function Get-TypeName {
        # The way a page writes a type: its name alone, without Nullable.
        param([type] $Type)
        $inner = [System.Nullable]::GetUnderlyingType($Type)
        if ($inner) { $inner.Name } else { $Type.Name }
    }

    function Get-OwnParameter {
        param([string] $Name)
        (Get-Command $Name -Module PSLabNet).Parameters.Values | Where-Object { $_.Name -notin $common }
    }

    function Get-DefaultText {
        # The value of a parameter in a new command. A mandatory, null or empty one has none.
        param([object] $Command, [object] $Parameter)
        if ($Parameter.ParameterSets.Values.IsMandatory -contains $true) { return 'None' }
        if ($Parameter.SwitchParameter) { return 'False' }
        $value = $Command.($Parameter.Name)
        if ($null -eq $value -or "$value" -eq '') { return 'None' }
        @($value | ForEach-Object { [string]::Format([cultureinfo]::InvariantCulture, '{0}', $_) }) -join ', '
    }

    function Get-ExpectedSetting {
        # What the code declares about a parameter: one text for each way in which parameter sets use it.
        param([object] $Command, [object] $Parameter)
        $type = $Parameter.ParameterType
        $element = if ($type.IsArray) { $type.GetElementType() } else { $type }
        $property = $Command.GetType().GetProperty($Parameter.Name)
        $hasWildcards = $property -and @($property.GetCustomAttributes($true) | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0
        foreach ($set in $Parameter.ParameterSets.GetEnumerator()) {
            $how = @()
            if ($set.Value.ValueFromPipelineByPropertyName) { $how += 'ByPropertyName' }
            if ($set.Value.ValueFromPipeline) { $how += 'ByValue' }
            [pscustomobject] @{
                Name                         = $Parameter.Name
                Set                          = $set.Key -replace '__AllParameterSets', '(All)'
                Type                         = Get-TypeName $type
                Aliases                      = $Parameter.Aliases -join ', '
                'Accepted values'            = if ($element.IsEnum) { [enum]::GetNames($element) -join ', ' } else { '' }
                Required                     = "$($set.Value.IsMandatory)"
                Position                     = if ($set.Value.Position -lt 0) { 'Named' } else { "$($set.Value.Position)" }
                'Default value'              = Get-DefaultText $Command $Parameter
                'Accept pipeline input'      = if ($how) { "True ($($how -join ', '))" } else { 'False' }
                'Accept wildcard characters' = "$([bool] $hasWildcards)"
            }
        }
    }

    function Get-SyntaxText {
        # The syntax of a parameter set, on one line, the way a page writes it.
        param([object] $Set, [string] $Name)
        $own = @($Set.Parameters | Where-Object { $_.Name -notin $common })
        $words = @(@($own | Where-Object { $_.Position -ge 0 } | Sort-Object Position) + @($own | Where-Object { $_.Position -lt 0 }) | Where-Object { $_ } | ForEach-Object {
                $text = if ($_.Position -ge 0) { "[-$($_.Name)]" } else { "-$($_.Name)" }
                $type = Get-TypeName $_.ParameterType
                if ($type -ne 'SwitchParameter') { $text += " <$type>" }
                if ($_.IsMandatory) { $text } else { "[$text]" }
            })
        (@($Name) + $words + '[<CommonParameters>]') -join ' '
    }

    function Get-PlainLine {
        # Lines without anything that depends on the widths of columns.
        param([string] $Text)
        $Text -split '\r?\n' | ForEach-Object { ($_ -replace '-{2,}', ' ' -replace '\s+', ' ').Trim() } | Where-Object { $_ }
    }

    function Build-HelpTo {
        param([string] $Folder)
        & (Join-Path $root 'tools/Build-Help.ps1') -Destination $Folder
    }
}

AfterAll {
    Stop-FlexLmSimulator
    Stop-IcePapSimulator
}

Describe 'The page of <Name>' -ForEach $commands {
    BeforeAll {
        $path = Join-Path $helpPages "$Name.md"
        $page = if (Test-Path $path) { Get-PageText $path } else { '' }
        $command = Get-Command $Name -Module PSLabNet
        $instance = [System.Activator]::CreateInstance($command.ImplementingType)
    }

    It 'exists, and has all sections' {
        $path | Should -Exist
        $page | Should -Match "(?m)^# $Name`$"
        foreach ($title in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
            Get-PageSection $page $title | Should -Not -BeNullOrEmpty -Because $title
        }
    }

    It 'has the front matter that platyPS needs' {
        $page | Should -Match "\A---\nexternal help file: PSLabNet\.dll-Help\.xml\nModule Name: PSLabNet\nonline version: https://\S+/$Name\.md\nschema: 2\.0\.0\n---\n"
        $page | Should -Match '(?m)^### CommonParameters$'
    }

    It 'describes the parameters as the code declares them' {
        $columns = 'Name', 'Set', 'Type', 'Aliases', 'Accepted values', 'Required', 'Position', 'Default value', 'Accept pipeline input', 'Accept wildcard characters'
        $expected = @(Get-OwnParameter $Name | ForEach-Object { Get-ExpectedSetting $instance $_ } | ForEach-Object { $one = $_; ($columns | ForEach-Object { "$_=$($one.$_)" }) -join '; ' } | Sort-Object)
        $told = @(Get-PageParameter $page | ForEach-Object {
                $settings = $_
                foreach ($set in $settings['Parameter Sets'] -split ',\s*') {
                    ($columns | ForEach-Object { "$_=$(if ($_ -eq 'Set') { $set } else { $settings[$_] })" }) -join '; '
                }
            } | Sort-Object)
        $told | Should -Be $expected
    }

    It 'describes each parameter' {
        Get-PageParameter $page | ForEach-Object { $_.Description | Should -Match '^\S.+[.)]\*{0,2}' -Because $_.Name }
    }

    It 'shows the syntax that the code declares' {
        $blocks = @([regex]::Matches((Get-PageSection $page 'SYNTAX'), '(?ms)(?:^### (?<set>[^\n]+)\n\n)?^```\n(?<text>.*?)^```') | ForEach-Object {
                '{0}: {1}' -f $_.Groups['set'].Value, ($_.Groups['text'].Value -replace '\s+', ' ').Trim()
            } | Sort-Object)
        $expected = @($command.ParameterSets | ForEach-Object {
                $title = if ($command.ParameterSets.Count -eq 1) { '' } elseif ($_.IsDefault) { "$($_.Name) (Default)" } else { $_.Name }
                "${title}: $(Get-SyntaxText $_ $Name)"
            } | Sort-Object)
        $blocks | Should -Be $expected
    }

    It 'has at least three numbered examples' {
        $examples = @(Get-PageExample $path)
        $examples.Count | Should -BeGreaterOrEqual 3
        @([regex]::Matches((Get-PageSection $page 'EXAMPLES'), '(?m)^### Example (\d+):') | ForEach-Object { [int] $_.Groups[1].Value }) | Should -Be @(1..$examples.Count)
        $examples | ForEach-Object { $_.Code | Should -Not -BeNullOrEmpty -Because $_.Title }
        ($examples | Where-Object { $_.Code -notmatch [regex]::Escape($Name) }) | Should -BeNullOrEmpty
    }

    It 'names the output type that the code declares' {
        $types = @($command.OutputType.Type | Where-Object { $_ } | ForEach-Object { if ($_ -eq [void]) { 'None' } else { $_.FullName } } | Sort-Object -Unique)
        $told = @([regex]::Matches((Get-PageSection $page 'OUTPUTS'), '(?m)^### (.+)$') | ForEach-Object { $_.Groups[1].Value.Trim() } | Sort-Object)
        $types | Where-Object { $_ -notin $told } | Should -BeNullOrEmpty
        $told | Where-Object { $_ -ne 'None' -and $_ -notin $types } | Should -BeNullOrEmpty
    }

    It 'links to pages that exist' {
        $links = @([regex]::Matches((Get-PageSection $page 'RELATED LINKS'), '\]\(([^)]+)\)') | ForEach-Object { $_.Groups[1].Value })
        $links.Count | Should -BeGreaterThan 0
        $links | Where-Object { $_ -notmatch '^https:' } | ForEach-Object { Join-Path $helpPages $_ | Should -Exist }
    }

    It 'names error ids that are in the table of errors' {
        $known = Get-PageText (Join-Path $root 'docs/errors.md')
        [regex]::Matches($page, '`(PSLabNet\.[A-Z]\w+)`') | ForEach-Object { $known | Should -Match ('(?m)^\| `' + [regex]::Escape($_.Groups[1].Value) + '` \|') }
    }
}

Describe 'Get-Help <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $Name -Full
        $command = Get-Command $Name -Module PSLabNet
        $instance = [System.Activator]::CreateInstance($command.ImplementingType)
    }

    It 'shows the page, not the help that PowerShell generates' {
        $page = Get-PageText (Join-Path $helpPages "$Name.md")
        $help.Synopsis.Trim() | Should -Be ((Get-PageSection $page 'SYNOPSIS') -replace '`', '')
        @($help.examples.example).Count | Should -Be @(Get-PageExample (Join-Path $helpPages "$Name.md")).Count
        Get-Help $Name -Examples | Out-String | Should -Match 'Example 3:'
        @($help.description).Count | Should -BeGreaterThan 0
        @($help.inputTypes.inputType).Count | Should -BeGreaterThan 0
        @($help.returnValues.returnValue).Count | Should -BeGreaterThan 0
        @($help.relatedLinks.navigationLink).Count | Should -BeGreaterThan 0
    }

    It 'has each parameter as the code declares it' {
        $own = @(Get-OwnParameter $Name)
        @($help.parameters.parameter.name | Sort-Object) | Should -Be @($own.Name | Sort-Object)
        foreach ($parameter in $own) {
            $shown = Get-Help $Name -Parameter $parameter.Name
            $because = "$Name -$($parameter.Name)"
            $expected = @(Get-ExpectedSetting $instance $parameter)
            $shown.position | Should -BeIn $expected.Position -Because $because
            $shown.required | Should -BeIn $expected.Required -Because $because
            $shown.pipelineInput | Should -BeIn $expected.'Accept pipeline input' -Because $because
            $shown.defaultValue | Should -Be $expected[0].'Default value' -Because $because
            $shown.globbing | Should -Be $expected[0].'Accept wildcard characters' -Because $because
            $shown.type.name | Should -Be $expected[0].Type -Because $because
            $aliases = if ($parameter.Aliases) { $parameter.Aliases -join ', ' } else { 'none' }
            $shown.aliases | Should -Be $aliases -Because $because
            $shown.description.Text | Should -Not -BeNullOrEmpty -Because $because
        }
    }

    It 'has each parameter set, with its parameters' {
        $items = @($help.syntax.syntaxItem)
        $items.Count | Should -Be $command.ParameterSets.Count
        $shown = @($items | ForEach-Object { @($_.parameter.name | Sort-Object) -join ' ' } | Sort-Object)
        $expected = @($command.ParameterSets | ForEach-Object { @($_.Parameters.Name | Where-Object { $_ -notin $common } | Sort-Object) -join ' ' } | Sort-Object)
        $shown | Should -Be $expected
    }
}

Describe 'Get-Help <Name>' -ForEach $abouts {
    It 'shows the topic' {
        (Get-Help $Name | Out-String) | Should -Match "(?s)^TOPIC\s+$Name\s.*SHORT DESCRIPTION.*LONG DESCRIPTION.*SEE ALSO"
    }

    It 'has a short description of one line' {
        (Get-Help $Name | Out-String) | Should -Match 'SHORT DESCRIPTION\r?\n    [^\r\n]+\.\r?\n\r?\n'
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
    It '<_> parses, and uses no syntax that Windows PowerShell lacks' -ForEach 'tools/Build-Help.ps1', 'tests/Pester/HelpPages.ps1', 'tests/Pester/Invoke-HelpExample.ps1', 'build.ps1' {
        $tokens = $null
        $faults = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile((Join-Path $root $_), [ref] $tokens, [ref] $faults)
        $faults | Should -BeNullOrEmpty
        $tokens.Kind | Where-Object { "$_" -in 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'QuestionMark', 'AndAnd', 'OrOr' } | Should -BeNullOrEmpty
    }
}

Describe 'Completion' {
    It 'lists the values of -<Parameter> of <Command>' -ForEach @(
        @{ Command = 'Set-IcePapNetwork 00:0c:c6:69:13:2d'; Parameter = 'Apply'; Value = 'Flash' }
        @{ Command = 'Start-IcePapSimulator'; Parameter = 'AcknowledgeCode'; Value = 'ERR_BAD_GW' }
        @{ Command = 'Watch-IcePapTraffic'; Parameter = 'Command'; Value = 'UPDATE_CONFIG_ACK' }
        @{ Command = 'Start-FlexLmSimulator'; Parameter = 'Fault'; Value = 'VendorDown' }
        @{ Command = 'Start-FlexLmSimulator'; Parameter = 'FaultTarget'; Value = 'Manager' }
        @{ Command = 'Start-FlexLmSimulator'; Parameter = 'Generation'; Value = 'Old' }
        @{ Command = 'Import-FlexLmLog x.log'; Parameter = 'Kind'; Value = 'Denied' }
    ) {
        $line = "$Command -$Parameter "
        $found = (TabExpansion2 $line $line.Length).CompletionMatches
        $found.CompletionText | Should -Contain $Value
        $found.ToolTip | Should -Not -Contain ''
    }

    It 'explains what it offers for -<Parameter>' -ForEach @(
        @{ Parameter = 'Server'; Line = 'Get-FlexLmFeature -Server ' }
        @{ Parameter = 'Vendor'; Line = 'Get-FlexLmFeature -Vendor hel' }
        @{ Parameter = 'Feature'; Line = 'Get-FlexLmCheckout -Feature hel' }
        @{ Parameter = 'Interface'; Line = 'Find-IcePap -Interface ' }
    ) {
        $server = Start-FlexLmSimulator -Vendor helper
        try {
            $null = Get-FlexLmFeature -Server $server.Server
            $found = (TabExpansion2 $Line $Line.Length).CompletionMatches
            $found.Count | Should -BeGreaterThan 0
            $found | ForEach-Object { $_.ToolTip | Should -Not -Be $_.CompletionText }
        }
        finally { $server | Stop-FlexLmSimulator }
    }
}

Describe 'The examples of <Page>' -Tag CI -ForEach $run {
    BeforeAll {
        $file = Join-Path $TestDrive "$Page.xml"
        $said = Invoke-PowerShell -File (Join-Path $PSScriptRoot 'Invoke-HelpExample.ps1') -Page $Path -Result $file 2>&1
        $results = if (Test-Path $file) { @(Import-Clixml $file) } else { throw "The examples did not run: $said" }
    }

    It '<Number> <Title>' -ForEach $Examples {
        if ($Skip) {
            Set-ItResult -Skipped -Because 'it sends on every interface, which is allowed only in a network namespace'
            return
        }

        $result = $results | Where-Object Number -EQ $Number
        $result | Should -Not -BeNullOrEmpty
        $result.Errors | Should -BeNullOrEmpty
        # The output of the code contains the lines that the page shows. Widths of columns may differ.
        $lines = @(Get-PlainLine $result.Output)
        $missing = @(Get-PlainLine $Output | Where-Object { $_ -notin $lines })
        $missing | Should -BeNullOrEmpty -Because "the code wrote:`n$($result.Output)"
    }
}

Describe 'What README.md shows of a terminal' {
    It 'has the columns that the views have' {
        $text = Get-PageText (Join-Path $helpRoot 'README.md')
        $headers = @([regex]::Matches($text, '(?m)^([A-Z]\w+ .*)\n-[- ]+$') | ForEach-Object { ($_.Groups[1].Value -replace '\s+', ' ').Trim() })
        $headers.Count | Should -Be 3
        $server = Start-FlexLmSimulator -CheckoutCount 1
        $null = Start-IcePapSimulator -Count 1
        try {
            $shown = @(Find-IcePap -Interface 127.0.0.1 | Out-String -Width 200) + (Get-FlexLmFeature -Server $server.Server | Out-String -Width 200) +
                (Get-FlexLmCheckout -Server $server.Server | Out-String -Width 200)
        }
        finally {
            $server | Stop-FlexLmSimulator
            Stop-IcePapSimulator
        }

        $lines = $shown -split '\r?\n' | ForEach-Object { ($_ -replace '\s+', ' ').Trim() }
        $headers | Where-Object { $_ -notin $lines } | Should -BeNullOrEmpty -Because "the views are:`n$shown"
    }
}
