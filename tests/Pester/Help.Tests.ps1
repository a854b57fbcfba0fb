# Code, pages and the output of Get-Help agree.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'HelpPages.ps1')
    Import-Module (Join-Path $helpRoot 'PSLabNet.psd1')
    $commands = @((Get-Command -Module PSLabNet -CommandType Cmdlet).Name | ForEach-Object { @{ Name = $_ } })
    $abouts = @('about_PSLabNet', 'about_PSLabNet_FlexLm', 'about_PSLabNet_IcePap', 'about_PSLabNet_Servers' | ForEach-Object { @{ Name = $_ } })
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
