# Files that a page links to, and commands and parameters that it names, must exist.
BeforeDiscovery {
    $top = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $pages = @(Get-ChildItem $top -Filter *.md) + @(Get-ChildItem (Join-Path $top 'docs') -Filter *.md) + @(Get-ChildItem (Join-Path $top 'docs/protocol') -Filter *.md) |
        ForEach-Object { @{ Path = $_.FullName; Name = $_.FullName.Substring($top.Length + 1).Replace('\', '/') } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $own = @(Get-Command -Module PSLabNet)

    function Get-Unknown {
        # Returns commands that look like this module's but do not exist, and parameters that a command does not have.
        param([string] $Code)
        $faults = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $faults)
        foreach ($fault in $faults) { "'$Code': $($fault.Message)" }
        foreach ($call in $tree.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            $name = $call.GetCommandName()
            if ($name -notmatch '^\w+-(IcePap|FlexLm|LmStat)') { continue }
            $command = $own | Where-Object Name -EQ $name
            if (-not $command) { "$name is no command"; continue }
            foreach ($element in $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                $said = $element.ParameterName
                # A negative number is not a parameter. The unique beginning of a parameter's name is one.
                if ($said -match '^\d') { continue }
                $fits = @($command.Parameters.Values | Where-Object { $_.Name -like "$said*" -or $_.Aliases -contains $said })
                if (-not $fits) { "$name has no parameter -$said" }
            }
        }
    }
}

Describe 'The page <Name>' -ForEach $pages {
    BeforeAll { $text = Get-Content $Path -Raw }

    It 'links to files that exist' {
        foreach ($link in [regex]::Matches(($text -replace '(?ms)^```.*?^```'), '\]\((?<to>[^)#\s]+)[^)]*\)') | ForEach-Object { $_.Groups['to'].Value } | Where-Object { $_ -notmatch '^\w+:' }) {
            Join-Path (Split-Path $Path) $link | Should -Exist
        }
    }

    It 'names commands and parameters that exist' {
        $blocks = [regex]::Matches($text, '(?ms)^```powershell\r?\n(?<code>.*?)^```') | ForEach-Object { $_.Groups['code'].Value }
        $spans = [regex]::Matches(($text -replace '(?ms)^```.*?^```'), '`(?<code>[A-Z][a-z]+-(IcePap|FlexLm|LmStat)\w*( [^`]+)?)`') |
            ForEach-Object { $_.Groups['code'].Value.Replace('\|', '|') } | Where-Object { $_ -notmatch '[<>]' }
        @($blocks) + @($spans) | Where-Object { $_ } | ForEach-Object { Get-Unknown $_ } | Should -BeNullOrEmpty
    }
}

Describe 'docs/migration.md' {
    It 'has commands that run' {
        # Runs the commands that only query, against a simulated server and devices on loopback.
        $server = Start-FlexLmSimulator -FeatureCount 2 -CheckoutCount 1
        try {
            $before = $env:LM_LICENSE_FILE
            $env:LM_LICENSE_FILE = $server.Server
            $cells = [regex]::Matches((Get-Content (Join-Path $root 'docs/migration.md') -Raw), '`(?<code>Get-FlexLm(Status|Feature|Checkout|Error)\b[^`]*)`') |
                ForEach-Object { $_.Groups['code'].Value.Replace('\|', '|') } | Where-Object { $_ -notmatch 'LmUtilPath|@host|MATLAB|MAT\*' }
            @($cells).Count | Should -BeGreaterThan 6
            foreach ($cell in $cells) {
                $code = [scriptblock]::Create("`$ErrorActionPreference = 'Stop'; " + $cell.Replace('27000@lic1', $server.Server))
                { $null = & $code 4> $null } | Should -Not -Throw -Because $cell
            }
        }
        finally {
            $env:LM_LICENSE_FILE = $before
            $server | Stop-FlexLmSimulator
        }
    }
}
