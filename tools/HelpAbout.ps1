# Dot-sourced by Build-Help.ps1: writes the about topics. HelpPage.ps1 has read them.
$aboutWidth = 76

function Split-Width {
    # Wraps words into lines of at most $aboutWidth characters, except where one word is longer. Every line but the first has
    # the hanging indent, so that a list item lines up with its own text.
    param([string] $Text, [string] $Indent, [string] $Hanging = $Indent)
    $line = $Indent
    $isEmpty = $true
    foreach ($word in $Text -split '\s+') {
        if (-not $isEmpty -and $line.Length + 1 + $word.Length -gt $aboutWidth) {
            $line
            $line = $Hanging
            $isEmpty = $true
        }

        $line += if ($isEmpty) { $word } else { " $word" }
        $isEmpty = $false
    }

    $line
}

function Format-PageTable {
    # Aligns the columns of a table.
    param([string] $Text, [string] $Indent)
    $rows = @($Text -split "`n" | Where-Object { $_ -notmatch '^\|[\s|:-]+$' } | ForEach-Object { , @($_.Trim('|') -split '\|' | ForEach-Object { $_.Trim() }) })
    $widths = 0..($rows[0].Count - 1) | ForEach-Object { $column = $_; ($rows | ForEach-Object { $_[$column].Length } | Measure-Object -Maximum).Maximum }
    foreach ($row in $rows) {
        ($Indent + (@(0..($row.Count - 1) | ForEach-Object { $row[$_].PadRight($widths[$_]) }) -join '  ')).TrimEnd()
    }
}

function ConvertTo-AboutText {
    param([string] $Path)
    $top = @(Split-Section (Read-Line $Path) 1)[-1]
    'TOPIC'
    "    $($top.Title)"
    foreach ($section in Split-Section $top.Lines 2) {
        if ($section.Title) {
            ''
            $section.Title.ToUpperInvariant()
        }

        $isFirst = $true
        foreach ($part in Split-Section $section.Lines 3) {
            if ($part.Title) {
                ''
                "  $($part.Title)"
                $isFirst = $true
            }

            foreach ($block in Split-Block $part.Lines) {
                if (-not $isFirst) { '' }
                $isFirst = $false
                # Get-Help shows the first line of the short description in its lists, so that line is not wrapped.
                if ($section.Title -eq 'Short description') { "    $($block.Text)" }
                elseif ($block.Kind -eq 'Table') { Format-PageTable $block.Text '    ' }
                elseif ($block.Kind -eq 'Paragraph') { Split-Width $block.Text '    ' }
                elseif ($block.Kind -eq 'List') { $block.Text -split "`n" | ForEach-Object { Split-Width $_ '    ' '      ' } }
                else { $block.Text -split "`n" | ForEach-Object { "        $_".TrimEnd() } }
            }
        }
    }
}
