# Measures Import-Module in this process: milliseconds of processor time, and elapsed milliseconds.
param(
    [Parameter(Mandatory)]
    [string] $Manifest
)

$ErrorActionPreference = 'Stop'
$processor = [Environment]::CpuUsage.TotalTime
$clock = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module $Manifest
$elapsed = $clock.Elapsed
$processor = [Environment]::CpuUsage.TotalTime - $processor
[string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', $processor.TotalMilliseconds, $elapsed.TotalMilliseconds)
