<#
.SYNOPSIS
    Turns the help pages of docs/en-US into the files that Get-Help reads.
.DESCRIPTION
    Each cmdlet page, in the Markdown schema 2.0.0 of platyPS, becomes part of PSLabNet.dll-Help.xml. Each about page becomes
    about_<name>.help.txt. The script runs in Windows PowerShell 5.1 and PowerShell 7 and needs no module. The same pages give
    the same bytes on every computer.
.EXAMPLE
    ./tools/Build-Help.ps1
    Writes en-US/PSLabNet.dll-Help.xml and the about topics of the checkout.
#>
[CmdletBinding()]
param(
    # The folder with the pages.
    [string] $Source = (Join-Path $PSScriptRoot '../docs/en-US'),

    # The folder for the help files.
    [string] $Destination = (Join-Path $PSScriptRoot '../en-US')
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'HelpPage.ps1')
. (Join-Path $PSScriptRoot 'HelpAbout.ps1')
$maml = 'http://schemas.microsoft.com/maml/2004/10'
$command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
$utf8 = New-Object System.Text.UTF8Encoding $false

function Write-Element {
    param([System.Xml.XmlWriter] $Writer, [string] $Namespace, [string] $Name, [string] $Text)
    $Writer.WriteElementString($Name, $Namespace, $Text)
}

function Write-Paragraph {
    # Writes an element that has one para for each block.
    param([System.Xml.XmlWriter] $Writer, [string] $Name, [object[]] $Blocks, [string] $Namespace = $maml)
    $Writer.WriteStartElement($Name, $Namespace)
    foreach ($block in $Blocks) { Write-Element $Writer $maml 'para' $block.Text }
    $Writer.WriteEndElement()
}

function Write-Parameter {
    param([System.Xml.XmlWriter] $Writer, [object] $Parameter, [switch] $InSyntax)
    $settings = $Parameter.Settings
    $pipeline = $settings['Accept pipeline input']
    $isSwitch = $settings['Type'] -eq 'SwitchParameter'
    $isMandatory = ($settings['Required'] -eq 'True').ToString().ToLowerInvariant()
    $Writer.WriteStartElement('parameter', $command)
    $Writer.WriteAttributeString('required', $isMandatory)
    $Writer.WriteAttributeString('variableLength', $settings['Type'].EndsWith('[]').ToString().ToLowerInvariant())
    $Writer.WriteAttributeString('globbing', $settings['Accept wildcard characters'].ToLowerInvariant())
    $Writer.WriteAttributeString('pipelineInput', $pipeline)
    $Writer.WriteAttributeString('position', $settings['Position'].ToLowerInvariant())
    $aliases = if ($settings['Aliases']) { $settings['Aliases'] } else { 'none' }
    $Writer.WriteAttributeString('aliases', $aliases)
    Write-Element $Writer $maml 'name' $Parameter.Name
    Write-Paragraph $Writer 'description' $Parameter.Text
    if ($InSyntax -and $settings['Accepted values']) {
        $Writer.WriteStartElement('parameterValueGroup', $command)
        foreach ($value in $settings['Accepted values'] -split ',\s*') {
            $Writer.WriteStartElement('parameterValue', $command)
            $Writer.WriteAttributeString('required', 'false')
            $Writer.WriteAttributeString('variableLength', 'false')
            $Writer.WriteString($value)
            $Writer.WriteEndElement()
        }

        $Writer.WriteEndElement()
    }

    if (-not ($InSyntax -and $isSwitch)) {
        $Writer.WriteStartElement('parameterValue', $command)
        $Writer.WriteAttributeString('required', (-not $isSwitch).ToString().ToLowerInvariant())
        $Writer.WriteAttributeString('variableLength', $settings['Type'].EndsWith('[]').ToString().ToLowerInvariant())
        $Writer.WriteString($settings['Type'])
        $Writer.WriteEndElement()
    }

    $Writer.WriteStartElement('type', $dev)
    Write-Element $Writer $maml 'name' $settings['Type']
    Write-Element $Writer $maml 'uri' ''
    $Writer.WriteEndElement()
    Write-Element $Writer $dev 'defaultValue' $settings['Default value']
    $Writer.WriteEndElement()
}

function Write-Syntax {
    param([System.Xml.XmlWriter] $Writer, [hashtable] $Page)
    $sets = if ($Page.Sets) { $Page.Sets } else { '(All)' }
    $Writer.WriteStartElement('syntax', $command)
    foreach ($set in $sets) {
        $Writer.WriteStartElement('syntaxItem', $command)
        Write-Element $Writer $maml 'name' $Page.Name
        # First the positional parameters, in the order of their positions; then the others, in the order of the page.
        $script:order = 0
        $Page.Parameters | Where-Object { $of = $_.Settings['Parameter Sets'] -split ',\s*'; $of -contains $set -or $of -contains '(All)' } |
            Select-Object *, @{ Name = 'Order'; Expression = { if ($_.Settings['Position'] -eq 'Named') { 1000 + $script:order++ } else { [int] $_.Settings['Position'] } } } |
            Sort-Object Order | ForEach-Object { Write-Parameter $Writer $_ -InSyntax }
        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
}

function Write-TypeList {
    param([System.Xml.XmlWriter] $Writer, [string] $List, [string] $Item, [string[]] $Lines)
    $Writer.WriteStartElement($List, $command)
    foreach ($section in Split-Section $Lines 3) {
        if (-not $section.Title) { continue }
        $Writer.WriteStartElement($Item, $command)
        $Writer.WriteStartElement('type', $dev)
        Write-Element $Writer $maml 'name' (ConvertTo-PlainText $section.Title)
        $Writer.WriteEndElement()
        Write-Paragraph $Writer 'description' @(Split-Block $section.Lines)
        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
}

function Write-Example {
    param([System.Xml.XmlWriter] $Writer, [object] $Section)
    $blocks = @(Split-Block $Section.Lines)
    $Writer.WriteStartElement('example', $command)
    Write-Element $Writer $maml 'title' "---------- $($Section.Title) ----------"
    Write-Element $Writer $dev 'code' (@($blocks | Where-Object { $_.Kind -eq 'Code' } | ForEach-Object { $_.Text }) -join "`n`n")
    # An empty paragraph separates the remarks from the next example.
    Write-Paragraph $Writer 'remarks' (@($blocks | Where-Object { $_.Kind -ne 'Code' }) + [pscustomobject] @{ Text = '' }) $dev
    $Writer.WriteEndElement()
}

function Write-Command {
    param([System.Xml.XmlWriter] $Writer, [hashtable] $Page)
    $verb, $noun = $Page.Name -split '-', 2
    $Writer.WriteStartElement('command', 'command', $command)
    $Writer.WriteAttributeString('xmlns', 'maml', $null, $maml)
    $Writer.WriteAttributeString('xmlns', 'dev', $null, $dev)
    $Writer.WriteStartElement('details', $command)
    Write-Element $Writer $command 'name' $Page.Name
    Write-Element $Writer $command 'verb' $verb
    Write-Element $Writer $command 'noun' $noun
    Write-Paragraph $Writer 'description' @(Split-Block $Page.Parts['SYNOPSIS'])
    $Writer.WriteEndElement()
    Write-Paragraph $Writer 'description' @(Split-Block $Page.Parts['DESCRIPTION'])
    Write-Syntax $Writer $Page
    $Writer.WriteStartElement('parameters', $command)
    $written = @{}
    foreach ($parameter in $Page.Parameters) {
        if (-not $written.ContainsKey($parameter.Name)) {
            $written[$parameter.Name] = $true
            Write-Parameter $Writer $parameter
        }
    }

    $Writer.WriteEndElement()
    Write-TypeList $Writer 'inputTypes' 'inputType' $Page.Parts['INPUTS']
    Write-TypeList $Writer 'returnValues' 'returnValue' $Page.Parts['OUTPUTS']
    $Writer.WriteStartElement('alertSet', $maml)
    Write-Paragraph $Writer 'alert' @(Split-Block $Page.Parts['NOTES'])
    $Writer.WriteEndElement()
    $Writer.WriteStartElement('examples', $command)
    foreach ($section in Split-Section $Page.Parts['EXAMPLES'] 3) {
        if ($section.Title) { Write-Example $Writer $section }
    }

    $Writer.WriteEndElement()
    $Writer.WriteStartElement('relatedLinks', $command)
    foreach ($link in [regex]::Matches($Page.Parts['RELATED LINKS'] -join "`n", '(?m)^\[(?<text>[^\]]+)\]\((?<uri>[^)]*)\)')) {
        $Writer.WriteStartElement('navigationLink', $maml)
        Write-Element $Writer $maml 'linkText' $link.Groups['text'].Value
        # For a link to another page, Get-Help shows the text only. For a link to the web, it shows the address too.
        $uri = if ($link.Groups['uri'].Value -match '^https?:') { $link.Groups['uri'].Value } else { '' }
        Write-Element $Writer $maml 'uri' $uri
        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
    $Writer.WriteEndElement()
}

function Write-CommandHelp {
    param([System.IO.FileInfo[]] $Pages, [string] $Path)
    $settings = New-Object System.Xml.XmlWriterSettings
    $settings.Indent = $true
    $settings.NewLineChars = "`n"
    $settings.NewLineHandling = 'None'
    $settings.Encoding = $utf8
    $writer = [System.Xml.XmlWriter]::Create($Path, $settings)
    try {
        $writer.WriteStartElement('helpItems', 'http://msh')
        $writer.WriteAttributeString('schema', 'maml')
        foreach ($page in $Pages) { Write-Command $writer (Read-Page $page.FullName) }
        $writer.WriteEndElement()
    }
    finally {
        $writer.Dispose()
    }

    [System.IO.File]::AppendAllText($Path, "`n", $utf8)
}

$null = New-Item -ItemType Directory -Path $Destination -Force
$Destination = (Resolve-Path $Destination).ProviderPath
$pages = @(Get-ChildItem -Path $Source -Filter *.md)
# Ordinal order, because the order of a culture differs between computers.
$commands = [System.IO.FileInfo[]] @($pages | Where-Object { $_.Name -like '*-*' })
[array]::Sort([string[]] @($commands | ForEach-Object { $_.Name }), $commands, [System.StringComparer]::Ordinal)
Write-CommandHelp $commands (Join-Path $Destination 'PSLabNet.dll-Help.xml')
foreach ($page in $pages | Where-Object { $_.Name -like 'about_*' }) {
    $text = @(ConvertTo-AboutText $page.FullName) -join "`n"
    [System.IO.File]::WriteAllText((Join-Path $Destination "$($page.BaseName).help.txt"), "$text`n", $utf8)
}
