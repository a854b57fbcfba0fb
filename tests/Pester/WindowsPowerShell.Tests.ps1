# Scripts that users run, and the views, keep to what Windows PowerShell 5.1 has. This PowerShell reads them: no 5.1 is needed.
BeforeDiscovery {
    $top = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $pages = @('README.md') + @(Get-ChildItem (Join-Path $top 'docs') -Recurse -Filter *.md | ForEach-Object { $_.FullName.Substring($top.Length + 1).Replace('\', '/') })
    $scripts = @(
        # A script with the files that it dot-sources, whose functions it calls.
        foreach ($files in @('build.ps1', 'tools/Package.ps1'), @('tools/Build-Help.ps1', 'tools/HelpPage.ps1', 'tools/HelpAbout.ps1')) {
            @{ Name = $files[0]; Code = @($files | ForEach-Object { [System.IO.File]::ReadAllText((Join-Path $top $_)) }) -join "`n" }
        }
        foreach ($page in $pages) {
            $number = 0
            foreach ($block in [regex]::Matches([System.IO.File]::ReadAllText((Join-Path $top $page)), '(?ms)^```powershell\r?\n(?<code>.*?)^```')) {
                $number++
                @{ Name = "$page, block $number"; Code = $block.Groups['code'].Value }
            }
        }
    )
    $isNewer = { $_.Code -match '(?m)^#Requires -Version 7' }
    $newer = @($scripts | Where-Object $isNewer)
    $scripts = @($scripts | Where-Object { -not (& $isNewer) })
    $views = 'PSLabNet.Format.ps1xml', 'PSLabNet.Types.ps1xml'
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $known = & ([scriptblock]::Create([System.IO.File]::ReadAllText((Join-Path $PSScriptRoot 'WindowsPowerShellCommands.psd1'))))
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters |
        Where-Object { $_ -ne 'ProgressAction' }
    $newerVariables = 'IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR', 'PSStyle', 'PSNativeCommandArgumentPassing', 'PSNativeCommandUseErrorActionPreference', 'EnabledExperimentalFeatures'

    function Get-NewerSyntax {
        # What Windows PowerShell 5.1 does not understand of a script.
        param([System.Management.Automation.Language.Ast] $Tree, [System.Management.Automation.Language.Token[]] $Token)
        foreach ($node in $Tree.FindAll({ $true }, $true)) {
            $what = switch ($node.GetType().Name) {
                'TernaryExpressionAst' { 'condition ? a : b' }
                'PipelineChainAst' { '&& or ||' }
                'BinaryExpressionAst' {
                    if ("$($node.Operator)" -eq 'QuestionQuestion') { '??' }
                    if ("$($node.Operator)" -match 'replace' -and $node.Right.Extent.Text -match '\{') { '-replace with a script block' }
                }
                'AssignmentStatementAst' { if ("$($node.Operator)" -eq 'QuestionQuestionEquals') { '??=' } }
                'PipelineAst' { if ($node.Background) { '& at the end' } }
                'ScriptBlockAst' { if ($node.CleanBlock) { 'clean' } }
                default { if ($node.NullConditional) { '?. or ?[' } }
            }
            foreach ($one in $what) { "line $($node.Extent.StartLineNumber): $one" }
        }

        foreach ($one in $Token) {
            if ("$($one.Kind)" -match 'Expandable' -and $one.Text -match '(?<!`)(``)*`(e|u\{)') { "line $($one.Extent.StartLineNumber): an escape for e or u{}" }
            if ("$($one.Kind)" -eq 'Number' -and $one.Text -match '^0b|^[\d.]+(u|y|s|n)') { "line $($one.Extent.StartLineNumber): the number $($one.Text)" }
        }
    }

    function Get-NewerCommand {
        # What a script calls that Windows PowerShell 5.1 does not have, or that it does differently.
        param([System.Management.Automation.Language.Ast] $Tree)
        $own = $Tree.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true) | ForEach-Object Name
        foreach ($call in $Tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            $at = "line $($call.Extent.StartLineNumber)"
            $name = $call.GetCommandName()
            if ($name -notmatch '^[a-z]+-[a-z]+$' -or $name -in $own -or $name -match '-(IcePap|FlexLm|LmStat)') { continue }
            $list = if ($known.Commands.ContainsKey($name)) { $known.Commands[$name] } else { $known.Modules[$name] }
            if ($null -eq $list) { "${at}: $name is not in WindowsPowerShellCommands.psd1"; continue }

            $parameters = @($call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] })
            foreach ($one in $parameters.ParameterName) {
                if ($one -notin ($list -split ' ') -and $one -notin $common) { "${at}: $name has no parameter -$one there, or it is not written in full" }
            }

            $positional = @($call.CommandElements | Select-Object -Skip 1 | Where-Object { $_ -isnot [System.Management.Automation.Language.CommandParameterAst] })
            if ($name -eq 'Join-Path' -and -not $parameters -and $positional.Count -gt 2) { "${at}: Join-Path joins two parts there" }
            if ($name -in 'Export-Csv', 'ConvertTo-Csv' -and $parameters.ParameterName -notcontains 'NoTypeInformation') { "${at}: $name writes a line with a type there, without -NoTypeInformation" }
            foreach ($one in $positional) { if ($one.Extent.Text -match '^(utf8NoBOM|utf8BOM|ansi)$') { "${at}: no encoding $($one.Extent.Text) there" } }
        }

        foreach ($variable in $Tree.FindAll({ $args[0] -is [System.Management.Automation.Language.VariableExpressionAst] }, $true)) {
            if ($variable.VariablePath.UserPath -in $newerVariables) { "line $($variable.Extent.StartLineNumber): no `$$($variable.VariablePath.UserPath) there" }
        }
    }

    function Get-Newer {
        # All that a script has and Windows PowerShell 5.1 does not.
        param([string] $Code)
        $tokens = $faults = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $tokens, [ref] $faults)
        foreach ($fault in $faults) { "line $($fault.Extent.StartLineNumber): $($fault.Message)" }
        Get-NewerSyntax $tree $tokens
        Get-NewerCommand $tree
    }
}

Describe 'A script for Windows PowerShell 5.1' {
    It '<Name> keeps to what it has' -ForEach $scripts {
        Get-Newer $Code | Should -BeNullOrEmpty
    }

    It '<Name> needs PowerShell 7, as it says' -ForEach $newer {
        Get-Newer $Code | Should -Not -BeNullOrEmpty
    }

    It 'would be found out if it had <_>' -ForEach @(
        '$a ? 1 : 2', '$a ?? 1', '$a ??= 1', '${a}?.Name', '${a}?[0]', 'Get-Date && Get-Date', 'Get-Date || Get-Date', 'Get-Date &', '"`e[0m"', '"`u{20}"', '5u', '0b11',
        "'a' -replace 'a', { 'b' }", '1 | ForEach-Object -Parallel { 1 }', '1 | Join-String', "'{}' | ConvertFrom-Json -AsHashtable", 'Join-Path a b c', 'Get-Error',
        'Set-Content a b -Encoding utf8NoBOM', 'if ($IsWindows) { 1 }', '1 | Export-Csv a.csv', '1 | Sort-Object -Top 1', 'if (') {
        Get-Newer $_ | Should -Not -BeNullOrEmpty
    }
}

Describe 'The file <_> for Windows PowerShell 5.1' -ForEach $views {
    BeforeAll {
        $file = [xml] [System.IO.File]::ReadAllText((Join-Path $root "src/PSLabNet/$_"))

        # The elements that its readers of both files know (Microsoft's schemas Format.xsd and Types.xsd); another one is an error there.
        $elements = if ($_ -like '*Format*') {
            'Configuration DefaultSettings SelectionSets SelectionSet Types TypeName Controls Control ViewDefinitions View Name ViewSelectedBy SelectionSetName ' +
            'GroupBy PropertyName ScriptBlock Label CustomControlName CustomControl OutOfBand TableControl AutoSize HideTableHeaders TableHeaders TableColumnHeader ' +
            'Width Alignment TableRowEntries TableRowEntry EntrySelectedBy SelectionCondition Wrap TableColumnItems TableColumnItem FormatString ListControl ' +
            'ListEntries ListEntry ListItems ListItem ItemSelectionCondition WideControl ColumnNumber WideEntries WideEntry WideItem CustomEntries CustomEntry ' +
            'CustomItem ExpressionBinding EnumerateCollection NewLine Text Frame LeftIndent RightIndent FirstLineIndent FirstLineHanging'
        }
        else {
            'Types Type Name Members NoteProperty Value TypeName IsHidden AliasProperty ReferencedMemberName ScriptProperty GetScriptBlock SetScriptBlock CodeProperty ' +
            'GetCodeReference SetCodeReference MethodName CodeMethod CodeReference ScriptMethod Script PropertySet ReferencedProperties MemberSet InheritMembers ' +
            'TypeConverter TypeAdapter'
        }
    }

    It 'has only elements that it knows' {
        $file.SelectNodes('//*') | ForEach-Object LocalName | Sort-Object -Unique | Where-Object { $_ -notin ($elements -split ' ') } | Should -BeNullOrEmpty
    }

    It 'has scripts in a syntax that it understands' {
        foreach ($script in $file.SelectNodes('//ScriptBlock | //GetScriptBlock | //SetScriptBlock | //Script')) {
            $tokens = $faults = $null
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($script.InnerText, [ref] $tokens, [ref] $faults)
            $faults | Should -BeNullOrEmpty
            Get-NewerSyntax $tree $tokens | Should -BeNullOrEmpty -Because $script.InnerText
        }
    }
}
