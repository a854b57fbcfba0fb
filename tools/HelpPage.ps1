# Dot-sourced by Build-Help.ps1: reads the pages of docs/en-US.
function Read-Line {
    # Reads the lines of a page, without the front matter and the comments.
    param([string] $Path)
    $text = [System.IO.File]::ReadAllText($Path) -replace "`r`n", "`n"
    $text = $text -replace '(?s)\A---\n.*?\n---\n', '' -replace '(?s)<!--.*?-->\n?', ''
    $text.TrimEnd() -split "`n"
}

function Split-Section {
    # Splits lines at the headings of one level, into sections with Title and Lines. The lines before the first heading form
    # a section with the title ''.
    param([string[]] $Lines, [int] $Level)
    $mark = ('#' * $Level) + ' '
    $section = @{ Title = ''; Lines = New-Object System.Collections.Generic.List[string] }
    $fenced = $false
    foreach ($line in $Lines) {
        if ($line.StartsWith('```')) { $fenced = -not $fenced }
        if (-not $fenced -and $line.StartsWith($mark)) {
            [pscustomobject] $section
            $section = @{ Title = $line.Substring($mark.Length).Trim(); Lines = New-Object System.Collections.Generic.List[string] }
            continue
        }

        $section.Lines.Add($line)
    }

    [pscustomobject] $section
}

function Split-Block {
    # Splits lines into paragraphs, lists, tables and fenced code, each with Kind, Language and Text.
    param([string[]] $Lines)
    $kind = ''
    $language = ''
    $text = New-Object System.Collections.Generic.List[string]
    foreach ($line in @($Lines) + '') {
        if ($kind -eq 'Code') {
            if ($line.StartsWith('```')) {
                [pscustomobject] @{ Kind = $kind; Language = $language; Text = $text -join "`n" }
                $kind = ''
                $text.Clear()
            }
            else { $text.Add($line) }

            continue
        }

        $isFence = $line.StartsWith('```')
        if ($kind -and ($isFence -or -not $line.Trim())) {
            $separator = if ($kind -eq 'Paragraph') { ' ' } else { "`n" }
            [pscustomobject] @{ Kind = $kind; Language = ''; Text = ConvertTo-PlainText ($text -join $separator) }
            $kind = ''
            $text.Clear()
        }

        if ($isFence) {
            $kind = 'Code'
            $language = $line.Substring(3).Trim()
        }
        elseif ($line.Trim()) {
            if (-not $kind) {
                $kind = if ($line -match '^([-*]|\d+\.) ') { 'List' } elseif ($line.StartsWith('|')) { 'Table' } else { 'Paragraph' }
            }

            # An indented line continues the list item before it.
            if ($kind -eq 'List' -and $line.StartsWith('  ') -and $text.Count) { $text[$text.Count - 1] += ' ' + $line.Trim() }
            else { $text.Add($line.Trim()) }
        }
    }
}

function ConvertTo-PlainText {
    # Removes the marks of code, emphasis and links. A backslash keeps the character after it as plain text.
    param([string] $Text)
    $Text = [regex]::Replace($Text, '\[([^\]]+)\]\(([^)]+)\)', {
            param($link)
            if ($link.Groups[2].Value -match '^https?:') { '{0} ({1})' -f $link.Groups[1].Value, $link.Groups[2].Value } else { $link.Groups[1].Value }
        })
    $Text = $Text -replace '\*\*([^*]+)\*\*', '$1'
    $Text -replace '`([^`]+)`', '$1' -replace '\\([\\<>*_\[\]`#|-])', '$1'
}

function Read-Parameter {
    # Reads the yaml block of a parameter into a hashtable.
    param([string] $Text)
    $settings = @{}
    foreach ($line in $Text -split "`n") {
        $at = $line.IndexOf(':')
        if ($at -gt 0) { $settings[$line.Substring(0, $at)] = $line.Substring($at + 1).Trim() }
    }

    $settings
}

function Read-Page {
    param([string] $Path)
    $parts = @{}
    $top = @(Split-Section (Read-Line $Path) 1)[-1]
    foreach ($section in Split-Section $top.Lines 2) { $parts[$section.Title] = $section.Lines }
    foreach ($needed in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
        if (-not $parts.ContainsKey($needed)) { throw "${Path}: the section $needed is missing." }
    }

    $parameters = foreach ($section in Split-Section $parts['PARAMETERS'] 3) {
        if (-not $section.Title.StartsWith('-')) { continue }
        $blocks = @(Split-Block $section.Lines)
        $yaml = @($blocks | Where-Object { $_.Kind -eq 'Code' -and $_.Language -eq 'yaml' })
        if (-not $yaml) { throw "${Path}: $($section.Title) has no yaml block." }
        foreach ($one in $yaml) {
            [pscustomobject] @{
                Name     = $section.Title.Substring(1)
                Text     = @($blocks | Where-Object { $yaml -notcontains $_ })
                Settings = Read-Parameter $one.Text
            }
        }
    }

    @{
        Name       = $top.Title
        Parts      = $parts
        Sets       = @(Split-Section $parts['SYNTAX'] 3 | Where-Object { $_.Title } | ForEach-Object { $_.Title -replace ' \(Default\)$', '' })
        Parameters = @($parameters)
    }
}
