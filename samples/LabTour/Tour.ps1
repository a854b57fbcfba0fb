<#
.SYNOPSIS
    Shows the module's commands at work, on devices and license servers that it simulates on loopback.
.DESCRIPTION
    Each command is shown as one types it, and below it what it gives, as PowerShell shows it. The exit code is 0 if
    everything went as it should; otherwise it is 1, and a sentence says what did not.
#>
param(
    # The module's manifest.
    [Parameter(Mandatory)] [string] $Manifest
)

# An error in this script itself ends it. The commands that it shows run as they do at a prompt.
$ErrorActionPreference = 'Stop'
if ([Console]::IsOutputRedirected) { $PSStyle.OutputRendering = 'PlainText' }

function Write-Heading {
    param([string] $Text)
    "`n# $Text" | Out-Host
}

function Invoke-Shown {
    # Shows a command, runs it, shows its output with its errors, and returns the output too.
    param([string] $Command)
    $ErrorActionPreference = 'Continue'
    "PS> $Command" | Out-Host
    & ([scriptblock]::Create($Command)) 2>&1 | Tee-Object -Variable given | Out-Host
    $given
}

function Assert-That {
    param([bool] $Condition, [string] $Otherwise)
    if (-not $Condition) {
        $Host.UI.WriteErrorLine("The tour stops: $Otherwise")
        exit 1
    }
}

function Open-Watch {
    # Runs a command in a second PowerShell, and returns it when its first message has arrived: from then on it listens.
    param([string] $Command)
    $session = [initialsessionstate]::CreateDefault2()
    $session.ImportPSModule($Manifest)
    $shell = [powershell]::Create($session).AddScript("$Command *>&1")
    $given = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $null = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]] $null, $given)
    $null = $given | Select-Object -First 1
    @{ Command = $Command; Shell = $shell; Given = $given }
}

function Close-Watch {
    # Waits for a packet in the second PowerShell, ends its command, shows its output, and returns the output too.
    param([hashtable] $Watch, [string] $LastPacket)
    $given = foreach ($item in $Watch.Given) {
        $item
        if ($item.Packet.Command -eq $LastPacket) { break }
    }

    $Watch.Shell.Stop()
    "PS> $($Watch.Command)" | Out-Host
    $given | Out-Host
    $given
}

Import-Module $Manifest

Write-Heading 'Three simulated motor controllers start, and are found.'
$devices = Invoke-Shown 'Start-IcePapSimulator -Count 3'
Assert-That ($devices.Count -eq 3) 'three devices were to start.'
$found = Invoke-Shown 'Find-IcePap -Interface 127.0.0.1'
Assert-That (-not ($devices.MacAddress | Where-Object { $_ -notin $found.MacAddress })) 'not every device was found.'

Write-Heading 'One gets a new name and address. With -WhatIf nothing changes yet.'
$mac = $devices[0].MacAddress
$watch = Open-Watch "Watch-IcePapTraffic -Interface 127.0.0.1 -MacAddress $mac -DurationSeconds 60 -Verbose"
$change = "Set-IcePapNetwork $mac -Hostname theta-stage -IPAddress 172.24.200.7 -Interface 127.0.0.1"
$null = Invoke-Shown "$change -WhatIf"
Assert-That ($devices[0].Hostname -ne 'theta-stage') '-WhatIf changed the device.'
$null = Invoke-Shown "$change -Confirm:`$false"
$readBack = Invoke-Shown "Find-IcePap -MacAddress $mac -Interface 127.0.0.1"
Assert-That ($readBack.Hostname -eq 'theta-stage' -and "$($readBack.IPAddress)" -eq '172.24.200.7') 'the device does not have its new settings.'

Write-Heading 'Meanwhile a second PowerShell watched the packets of this device.'
$traffic = Close-Watch $watch 'UPDATE_CONFIG_ACK'
Assert-That ($traffic.Packet.Command -contains 'UPDATE_CONFIG_ACK') 'the acknowledgement was not seen.'

Write-Heading 'Settings that would take a device off the network are not sent.'
$refused = Invoke-Shown "Set-IcePapNetwork $mac -Gateway 10.0.0.1 -Interface 127.0.0.1"
Assert-That ($refused.FullyQualifiedErrorId -like 'PSLabNet.InvalidSettings*') 'a gateway in another network was not refused.'

Write-Heading 'A simulated license server: what it has, and who uses it.'
$server = (Invoke-Shown 'Start-FlexLmSimulator -Vendor MLM -FeatureCount 3 -CheckoutCount 2').Server
$features = Invoke-Shown "Get-FlexLmFeature -Server $server"
Assert-That ($features.Count -eq 3) 'three features were to be listed.'
$checkouts = Invoke-Shown "Get-FlexLmCheckout -Server $server -User user1"
Assert-That ($checkouts.Count -eq 3) 'three checkouts of user1 were to be listed.'

Write-Heading 'Another one, with a fault: its vendor daemon is down.'
$faulty = (Invoke-Shown 'Start-FlexLmSimulator -Vendor demo -FeatureCount 1 -Fault VendorDown').Server
$status = Invoke-Shown "Get-FlexLmStatus $server, $faulty"
Assert-That ('Up' -in $status.Status -and 'Degraded' -in $status.Status) 'one server was to be up, the other degraded.'
$fault = Invoke-Shown "Get-FlexLmFeature -Server $faulty" | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
Assert-That ($fault.FullyQualifiedErrorId -like 'PSLabNet.VendorDown*') 'the fault was not reported.'

Write-Heading 'A report of the first server, as one HTML page in a temporary folder.'
$report = Join-Path ([System.IO.Directory]::CreateTempSubdirectory('LabTour-').FullName) 'report.html'
$null = Invoke-Shown "Export-FlexLmReport -Path '$report' -Server $server"
$page = Invoke-Shown "Get-Item '$report'"
Assert-That ($page.Length -gt 0) 'the report was not written.'

Write-Heading 'Everything went as it should. To try it yourself: dotnet run --project samples/LabTour -- shell'
