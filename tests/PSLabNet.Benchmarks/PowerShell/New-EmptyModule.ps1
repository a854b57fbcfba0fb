# Creates two modules that do nothing, the bounds for Import-Module: one with a manifest and an assembly with one cmdlet, and
# the same with a format file with one view and a types file with one type.
param(
    [Parameter(Mandatory)]
    [string] $Path
)

$ErrorActionPreference = 'Stop'
foreach ($name in 'Empty', 'EmptyWithFiles') {
    $folder = Join-Path $Path $name
    $null = New-Item -ItemType Directory -Path $folder -Force
    Add-Type -OutputAssembly (Join-Path $folder "$name.dll") -OutputType Library -TypeDefinition @"
using System.Management.Automation;
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class Get${name}Command : PSCmdlet { }
"@
    $files = @{}
    if ($name -eq 'EmptyWithFiles') {
        $files = @{ FormatsToProcess = 'Nothing.Format.ps1xml'; TypesToProcess = 'Nothing.Types.ps1xml' }
        Set-Content -LiteralPath (Join-Path $folder $files.FormatsToProcess) -Value @'
<?xml version="1.0" encoding="utf-8"?>
<Configuration><ViewDefinitions><View><Name>Nothing</Name><ViewSelectedBy><TypeName>Nothing</TypeName></ViewSelectedBy>
<ListControl><ListEntries><ListEntry><ListItems><ListItem><PropertyName>Name</PropertyName></ListItem></ListItems></ListEntry></ListEntries></ListControl>
</View></ViewDefinitions></Configuration>
'@
        Set-Content -LiteralPath (Join-Path $folder $files.TypesToProcess) -Value @'
<?xml version="1.0" encoding="utf-8"?>
<Types><Type><Name>Nothing</Name><Members><NoteProperty><Name>Name</Name><Value>Nothing</Value></NoteProperty></Members></Type></Types>
'@
    }

    New-ModuleManifest -Path (Join-Path $folder "$name.psd1") -RootModule "$name.dll" -CmdletsToExport Get-Nothing -FunctionsToExport @() -AliasesToExport @() -VariablesToExport @() @files
}
