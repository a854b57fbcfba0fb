# Compares cmdlets with their calls of the core, in one process: name;cmdlet;core, both in microseconds of processor time for
# each call or object, medians of several runs.
param(
    [Parameter(Mandatory)]
    [string] $Manifest,

    [Parameter(Mandatory)]
    [string] $Folder,

    [int] $Runs = 9
)

$ErrorActionPreference = 'Stop'
# The sample report is old, and ConvertFrom-LmStat warns about that. Standard output is for the figures.
$WarningPreference = 'SilentlyContinue'
Import-Module $Manifest

function Measure-Cost {
    param([int] $Count, [scriptblock] $Work)
    $before = [Environment]::CpuUsage.TotalTime
    $null = & $Work
    ([Environment]::CpuUsage.TotalTime - $before).TotalMicroseconds / $Count
}

# Both in turn, so that other work of the machine affects both; the first runs compile the code.
function Compare-Cost {
    param([string] $Name, [int] $Count, [scriptblock] $Cmdlet, [scriptblock] $Core)
    $costs = foreach ($run in 1..($Runs + 2)) {
        [pscustomobject] @{ Cmdlet = Measure-Cost $Count $Cmdlet; Core = Measure-Cost $Count $Core }
    }
    $counted = $costs | Select-Object -Skip 2
    $median = foreach ($property in 'Cmdlet', 'Core') {
        @($counted.$property | Sort-Object)[[Math]::Floor($Runs / 2)]
    }
    [string]::Format([cultureinfo]::InvariantCulture, '{0};{1};{2}', $Name, $median[0], $median[1])
}

$hex = '000cc669132d010000000300380000221906bf58000cc669132dac189bdeac189bffffffff00ac189b63000cc669132d00000000696365657534000000000000000000000000000000000000b357230d'
$bytes = [Convert]::FromHexString($hex)
$hexes = , $hex * 2000
$packets = foreach ($index in 1..2000) { [pscustomobject] @{ Bytes = $bytes } }

Compare-Cost 'ConvertFrom-IcePapPacket, a call for each packet' 500 {
    foreach ($index in 1..500) { ConvertFrom-IcePapPacket -Bytes $bytes }
} {
    foreach ($index in 1..500) { [PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Decode($bytes) }
}

Compare-Cost 'ConvertFrom-IcePapPacket, packets by pipeline' 2000 {
    $packets | ConvertFrom-IcePapPacket
} {
    foreach ($packet in $packets) { [PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Decode($packet.Bytes) }
}

Compare-Cost 'ConvertFrom-IcePapPacket, text by pipeline' 2000 {
    $hexes | ConvertFrom-IcePapPacket
} {
    foreach ($text in $hexes) { [PSLabNet.IcePap.Protocol.IcePapPacketCodec]::Decode([Convert]::FromHexString($text)) }
}

$report = Join-Path $Folder 'lmstat.txt'
$lines = [System.IO.File]::ReadAllLines($report)
Compare-Cost 'ConvertFrom-LmStat -Path, for each line' $lines.Count {
    ConvertFrom-LmStat -Path $report
} {
    $stream = [System.IO.File]::OpenRead($report)
    foreach ($snapshot in [PSLabNet.FlexLm.LmStat.FlexLmStatReader]::Read($stream)) { $snapshot }
    $stream.Dispose()
}

Compare-Cost 'ConvertFrom-LmStat by pipeline, for each line' $lines.Count {
    $lines | ConvertFrom-LmStat
} {
    $reader = [PSLabNet.FlexLm.LmStat.FlexLmStatReader]::new()
    foreach ($line in $lines) { $null = $reader.Add($line) }
    $reader.Complete()
}

$license = Join-Path $Folder 'license.dat'
$count = [System.IO.File]::ReadAllLines($license).Count
Compare-Cost 'Get-FlexLmLicense -Path, for each line' $count {
    Get-FlexLmLicense -Path $license
} {
    [PSLabNet.FlexLm.LicenseFiles.FlexLmLicenseFile]::Parse([System.IO.File]::ReadAllText($license), $license, { })
}

$simulator = Start-FlexLmSimulator -Vendor MLM
$address = [PSLabNet.FlexLm.FlexLmServerAddress]::Of([PSLabNet.FlexLm.FlexLmNode]::new('127.0.0.1', $simulator.Port))
$client = [PSLabNet.FlexLm.Query.FlexLmClient]::new()
Compare-Cost 'Get-FlexLmStatus, both sides of the conversation' 20 {
    foreach ($index in 1..20) { Get-FlexLmStatus $simulator.Server }
} {
    foreach ($index in 1..20) {
        $client.GetStatusAsync($address).GetAwaiter().GetResult()
    }
}
Stop-FlexLmSimulator
