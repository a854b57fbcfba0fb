# Dot-sourced by ScaleOut.Tests.ps1 and ScaleOut.Ssh.Tests.ps1: the scripts of docs/scale-out.md as files, the module where it is found
# by its name, and license servers.
. (Join-Path $PSScriptRoot 'Lab.ps1')
$scripts = Join-Path $TestDrive 'scripts'
Save-PageScript 'docs/scale-out.md' $scripts

# The module is found by its name, like an installed one, here and in every process that is started.
$modules = Join-Path $TestDrive 'modules'
Copy-LabModule $modules
$pathBefore = $env:PSModulePath
$env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
Remove-Module PSLabNet
Import-Module PSLabNet

$one = Start-FlexLmSimulator -Vendor first -FeatureCount 3 -CheckoutCount 2 -ReservationCount 1
$two = Start-FlexLmSimulator -Vendor second -FeatureCount 2
$dead = Start-FlexLmSimulator -Fault Refuse

function Get-Said {
    # The text that is shown for the objects.
    ($input | Out-String -Width 200).Trim()
}

function Stop-ScaleOutLab {
    $env:PSModulePath = $pathBefore
    Stop-FlexLmSimulator
    Stop-IcePapSimulator
    Remove-Module PSLabNet
}
