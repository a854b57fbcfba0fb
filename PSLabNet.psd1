@{
    RootModule           = if ($PSEdition -eq 'Core') { 'bin/net8.0/PSLabNet.dll' } else { 'bin/netstandard2.0/PSLabNet.dll' }
    ModuleVersion        = '0.1.0'
    GUID                 = '5b1c4f0e-9a57-4d43-8c0e-3b7f6d2a91c4'
    Author               = 'The PSLabNet developers'
    CompanyName          = 'PSLabNet'
    Copyright            = '(c) 2026 The PSLabNet developers. MIT License.'
    Description          = 'For the people who run a laboratory''s machines. Finds IcePAP motor controllers by UDP multicast and changes their network settings. Queries FlexLM / FlexNet license servers over their own wire protocol, without lmutil, and shows what they serve, who holds it and what fails.'
    PowerShellVersion    = if ($PSEdition -eq 'Core') { '7.4' } else { '5.1' }
    CompatiblePSEditions = @('Desktop', 'Core')
    FormatsToProcess     = @('bin/PSLabNet.Format.ps1xml')
    TypesToProcess       = @('bin/PSLabNet.Types.ps1xml')
    CmdletsToExport      = @(
        'ConvertFrom-IcePapPacket'
        'ConvertFrom-LmStat'
        'Export-FlexLmMetric'
        'Export-FlexLmReport'
        'Export-FlexLmSample'
        'Find-IcePap'
        'Get-FlexLmCheckout'
        'Get-FlexLmError'
        'Get-FlexLmFeature'
        'Get-FlexLmLicense'
        'Get-FlexLmOption'
        'Get-FlexLmSimulator'
        'Get-FlexLmStatus'
        'Get-IcePapSimulator'
        'Import-FlexLmLog'
        'Import-FlexLmSample'
        'Measure-FlexLmUsage'
        'Set-IcePapNetwork'
        'Start-FlexLmSimulator'
        'Start-IcePapSimulator'
        'Stop-FlexLmSimulator'
        'Stop-IcePapSimulator'
        'Test-FlexLmOption'
        'Test-FlexLmServer'
        'Test-IcePapNetwork'
        'Watch-FlexLmCheckout'
        'Watch-IcePapTraffic'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('IcePAP', 'FlexLM', 'FlexNet', 'License', 'MotorController', 'Multicast', 'Network', 'Laboratory', 'Synchrotron', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
            ProjectUri = 'https://github.com/pslabnet/PSLabNet'
        }
    }
}
