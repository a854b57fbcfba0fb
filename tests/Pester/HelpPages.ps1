# Dot-sourced by the tests of the help pages: reads the pages. It does not use tools/Build-Help.ps1, which is under test itself.
$helpRoot = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$helpPages = Join-Path $helpRoot 'docs/en-US'

function Get-PageText {
    param([string] $Path)
    [System.IO.File]::ReadAllText($Path) -replace "`r`n", "`n"
}

function Get-PageSection {
    # The text below a heading, up to the next one of the same level.
    param([string] $Text, [string] $Title)
    $match = [regex]::Match($Text, "(?ms)^## $([regex]::Escape($Title))\n(.*?)(?=^## |\z)")
    if ($match.Success) { $match.Groups[1].Value.Trim() }
}

function Get-PageExample {
    # The examples of a page: Page, Number, Title, Code, and Output if the page shows some. In a page that is not a
    # cmdlet's, each block of PowerShell is one.
    param([string] $Path)
    $text = Get-PageText $Path
    $name = [System.IO.Path]::GetFileNameWithoutExtension($Path)
    $isCommand = $name -match '^[A-Z]\w+-\w+$'
    $blocks = if ($isCommand) { [regex]::Matches((Get-PageSection $text 'EXAMPLES') + "`n", '(?ms)^### Example \d+: (?<title>[^\n]+)\n(?<body>.*?)(?=^### |\z)') }
    else { [regex]::Matches($text, '(?ms)(?<title>)(?<body>^```powershell\n.*?^```)') }
    $number = 0
    foreach ($block in $blocks) {
        # The tests of the package run the commands that build and install.
        if ($block.Value -match 'build\.ps1') { continue }
        $number++
        $body = $block.Groups['body'].Value
        @{
            Page   = $name
            Path   = $Path
            Number = $number
            Title  = $block.Groups['title'].Value
            Code   = @([regex]::Matches($body, '(?ms)^```powershell\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value }) -join "`n"
            Output = @([regex]::Matches($body, '(?ms)^```output\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value }) -join "`n"
        }
    }
}

function Get-PageParameter {
    # One table for each block of settings of a page's parameters: Name, Description, and the settings by their names.
    param([string] $Text)
    foreach ($parameter in [regex]::Matches((Get-PageSection $Text 'PARAMETERS') + "`n", '(?ms)^### -(?<name>\w+)\n(?<body>.*?)(?=^### |\z)')) {
        foreach ($block in [regex]::Matches($parameter.Groups['body'].Value, '(?ms)^```yaml\n(.*?)^```')) {
            $settings = @{ Name = $parameter.Groups['name'].Value; Description = ($parameter.Groups['body'].Value -replace '(?s)```yaml.*', '').Trim() }
            foreach ($line in $block.Groups[1].Value -split "`n" | Where-Object { $_ }) {
                $key, $value = $line -split ':\s*', 2
                $settings[$key] = $value
            }

            $settings
        }
    }
}

function Test-SendsEverywhere {
    # Whether code sends IcePAP packets on every interface of the machine, which is allowed only in a network namespace.
    param([string] $Code)
    $ast = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $null)
    $commands = $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)
    [bool] ($commands | Where-Object {
            $_.GetCommandName() -in 'Find-IcePap', 'Set-IcePapNetwork', 'Test-IcePapNetwork', 'Watch-IcePapTraffic' -and
            -not ($_.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] -and $_.ParameterName -eq 'Interface' })
        })
}
