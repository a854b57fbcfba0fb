# Dot-sourced by the tests that query a simulated license server: a license text with two vendor daemons and three features.
. (Join-Path $PSScriptRoot 'Lab.ps1')
$env:LM_LICENSE_FILE = $null
$license = @'
SERVER this_host ANY
VENDOR MLM
VENDOR cdslmd
INCREMENT MATLAB MLM 52 31-dec-2099 10 SIGN=1111111111
INCREMENT MATLAB MLM 52 31-dec-2099 5 SIGN=2222222222
INCREMENT Signal_Toolbox MLM 52 permanent 2 SIGN=3333333333
FEATURE Optics cdslmd 1.0 permanent uncounted HOSTID=0123456789AB SIGN=4444444444
'@
