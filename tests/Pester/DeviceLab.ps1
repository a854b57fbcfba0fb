# Dot-sourced by Set-IcePapNetwork.*.Tests.ps1: devices of the test on loopback.
. (Join-Path $PSScriptRoot 'Lab.ps1')

# On $loopback and without confirmation, unless a test sets something else.
$quick = @{ Interface = $loopback; Confirm = $false; TimeoutSeconds = 0.9 }

function Start-Device {
    param([hashtable] $With = @{})
    Start-IcePapSimulator -MacAddress (New-LabMac) -Hostname before -IPAddress 10.9.8.7 @With
}

function Get-Device($Device) { Find-IcePap -MacAddress $Device.MacAddress -Interface $loopback }
