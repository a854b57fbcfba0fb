<#
.SYNOPSIS
    Prepares a PowerShell for trying the module out, and says what to type.
#>
param(
    # The module's manifest.
    [Parameter(Mandatory)] [string] $Manifest
)

Import-Module $Manifest
$null = Start-IcePapSimulator -Count 3

# For the user: nothing here needs it.
Set-Variable server (Start-FlexLmSimulator -Vendor MLM -CheckoutCount 3)
@'
Three motor controllers and a license server are simulated here, on loopback. For example, type:
  Find-IcePap -Interface 127.0.0.1
  $server | Get-FlexLmFeature | Get-FlexLmCheckout
  Get-Help Set-IcePapNetwork -Examples
'@
