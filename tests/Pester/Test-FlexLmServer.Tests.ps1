BeforeAll {
    . (Join-Path $PSScriptRoot 'Lab.ps1')
    $text = "SERVER this_host ANY`nVENDOR MLM`nINCREMENT MATLAB MLM 52 permanent 3 SIGN=1111111111`nINCREMENT SIMULINK MLM 52 permanent 1 SIGN=2222222222`n"
    $server = Start-FlexLmSimulator -LicenseText $text
    $null = $server.Checkout('MATLAB', 'ada', 'ws1', ':0', 1)
    $null = $server.Reserve('MATLAB', 'control', 1)
    $null = $server.Checkout('SIMULINK', 'grace', 'ws2', ':0', 1)
    $dead = Start-FlexLmSimulator -Fault Refuse
    $options = Join-Path $TestDrive 'mlm.opt'
    Set-Content $options 'GROUP control ada grace', 'INCLUDE MATLAB GROUP control', 'EXCLUDE MATLAB USER grace', 'EXCLUDE SIMULINK HOST ws9'
}

AfterAll { Stop-FlexLmSimulator }

Describe 'Test-FlexLmServer' {
    It 'writes a step for each question, and all pass for a server that works' {
        $steps = Test-FlexLmServer $server.Server
        $steps | Should -BeOfType PSLabNet.FlexLm.FlexLmDiagnosticStep
        @($steps | Where-Object State -ne Passed) | Should -BeNullOrEmpty
        $steps.Step | Should -Contain 'VendorClock'
        $steps[0].Server | Should -Be $server.Server
        $steps[0].Duration | Should -BeOfType timespan
    }

    It 'writes a failed step as an object and not as an error' {
        $steps = Test-FlexLmServer $dead.Server -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        ($steps | Where-Object State -eq Failed).Step | Should -Be 'Connect'
        ($steps | Where-Object State -eq Failed).Cure | Should -Match 'Start lmgrd'
        ($steps | Where-Object Step -eq LicenseFile).State | Should -Be 'Skipped'
        ($steps | Where-Object Step -eq LicenseFile).Message | Should -Be 'lmgrd does not answer.'
    }

    It 'keeps the order of the servers, which are asked at the same time' {
        $silent = 1..8 | ForEach-Object { Start-FlexLmSimulator -Fault Silent }
        try {
            $asked = @($dead.Server) + $silent.Server + $server.Server
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $steps = $asked | Test-FlexLmServer -TimeoutSeconds 2
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 12
            ($steps.Server | Select-Object -Unique) -join ' ' | Should -Be ($asked -join ' ')
            @($steps | Group-Object Server | ForEach-Object { $_.Group[0].Step } | Select-Object -Unique) | Should -Be 'Source'
        }
        finally { $silent | Stop-FlexLmSimulator }
    }

    It 'asks silent servers again after the others, and writes each step once' {
        $silent = 1..2 | ForEach-Object { Start-FlexLmSimulator -Fault Silent }
        try {
            $steps = @($silent.Server) + $server.Server | Test-FlexLmServer -TimeoutSeconds 1.5 -ThrottleLimit 1
            ($steps | Where-Object Step -eq Source).Count | Should -Be 3
            ($steps | Where-Object Step -eq Name).Count | Should -Be 3
            ($steps | Where-Object { $_.Step -eq 'Hello' -and $_.State -eq 'Failed' }).Count | Should -Be 2
        }
        finally { $silent | Stop-FlexLmSimulator }
    }

    It 'writes steps as soon as they are known' {
        $silent = Start-FlexLmSimulator -Fault Silent
        try {
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            (Test-FlexLmServer $silent.Server -TimeoutSeconds 30 | Select-Object -First 2).Step -join ' ' | Should -Be 'Source Name'
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 15
        }
        finally { $silent | Stop-FlexLmSimulator }
    }

    It 'says how a server was found' {
        $before = $env:LM_LICENSE_FILE
        $file = Join-Path $TestDrive 'client.lic'
        Set-Content $file "SERVER 127.0.0.1 ANY $($server.Port)"
        try {
            $env:LM_LICENSE_FILE = $server.Server
            (Test-FlexLmServer | Where-Object Step -eq Source).Message | Should -Match 'the environment variable LM_LICENSE_FILE'
            $env:LM_LICENSE_FILE = $file
            (Test-FlexLmServer | Where-Object Step -eq Source).Message | Should -Match 'the SERVER lines of .*client\.lic, which the environment variable'
            (Test-FlexLmServer $server.Server | Where-Object Step -eq Source).Message | Should -Match 'named by the caller'
        }
        finally { $env:LM_LICENSE_FILE = $before }
    }

    It 'tells of a feature: issued, free, reserved for whom' {
        $steps = Test-FlexLmServer $server.Server -Feature matlab, simul*
        $feature = $steps | Where-Object { $_.Step -eq 'Feature' -and $_.Subject -eq 'MATLAB' }
        $feature.State | Should -Be 'Passed'
        $feature.Message | Should -Be 'MATLAB: 3 issued, 1 in use, 1 reserved and unused, 1 free.'
        ($steps | Where-Object { $_.Step -eq 'Reserved' -and $_.Subject -eq 'MATLAB' }).Message | Should -Match '1 for GROUP control'
        $none = $steps | Where-Object { $_.Step -eq 'Feature' -and $_.Subject -eq 'SIMULINK' }
        $none.State | Should -Be 'Failed'
        $none.Message | Should -Match '0 free'
        ($steps | Where-Object Step -eq Queue).State | Should -Be 'Skipped', 'Skipped'
    }

    It 'says that a server has no feature of that name, which is a warning if there are other servers' {
        (Test-FlexLmServer $server.Server -Feature NONE | Where-Object Step -eq Feature).State | Should -Be 'Failed'
        $two = Test-FlexLmServer $server.Server, $dead.Server -Feature NONE | Where-Object Step -eq Feature
        $two.State -join ' ' | Should -Be 'Warning Skipped'
        Test-FlexLmServer $server.Server -Feature NONE* | Where-Object Step -eq Feature | Should -BeNullOrEmpty
    }

    It 'says whether options deny a feature: <User>, <Feature>' -ForEach @(
        @{ User = 'grace'; Feature = 'MATLAB'; State = 'Failed'; Message = 'Line 3 of .*excludes grace' }
        @{ User = 'bob'; Feature = 'MATLAB'; State = 'Failed'; Message = 'bob is on none' }
        @{ User = 'ada'; Feature = 'MATLAB'; State = 'Passed'; Message = 'No option denies' }
        @{ User = 'ada'; Feature = 'SIMULINK'; State = 'Warning'; Message = 'Line 4 of .*may decide' }
    ) {
        $step = Test-FlexLmServer $server.Server -Feature $Feature -User $User -OptionsPath $options | Where-Object Step -eq Options
        $step.State | Should -Be $State
        $step.Message | Should -Match $Message
    }

    It 'says what the user holds, and that options are not known without a file' {
        $steps = Test-FlexLmServer $server.Server -Feature MATLAB -User ada
        ($steps | Where-Object Step -eq User).Message | Should -Be 'ada holds 1, on ws1.'
        ($steps | Where-Object Step -eq Options).State | Should -Be 'Skipped'
    }

    It 'rejects arguments that need another one: <Name>' -ForEach @(
        @{ Name = 'User'; With = @{ User = 'ada' } }
        @{ Name = 'OptionsPath'; With = @{ OptionsPath = 'x.opt'; Feature = 'MATLAB' } }
    ) {
        { Test-FlexLmServer 27000@127.0.0.1 @With } | Should -Throw "*'$Name'*" -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'reports a name that is no server, and a path that does not exist' {
        Test-FlexLmServer 'x@y@z' -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.InvalidServer,*'
        $null = Test-FlexLmServer $server.Server -Feature MATLAB -User ada -OptionsPath (Join-Path $TestDrive none.opt) -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.PathNotFound,*'
    }

    It 'takes servers and features of CSV rows and of objects' {
        $file = Join-Path $TestDrive 'rows.csv'
        [pscustomobject] @{ Server = $server.Server; Feature = 'MATLAB' } | Export-Csv $file -NoTypeInformation
        (Import-Csv $file | Test-FlexLmServer -User ada | Where-Object Step -eq User).Subject | Should -Be 'MATLAB'
        (Get-FlexLmStatus $server.Server | Test-FlexLmServer)[0].Server | Should -Be $server.Server
    }

    It 'lists the ports for the firewall' {
        $fixed = Start-FlexLmSimulator -LicenseText ($text -replace 'VENDOR MLM', 'VENDOR MLM PORT=27777')
        try {
            $ports = Test-FlexLmServer $server.Server, $fixed.Server -FirewallPort
            $ports | Should -BeOfType PSLabNet.FlexLm.FlexLmFirewallPort
            $ports.Listener -join ' ' | Should -Be 'lmgrd MLM lmgrd MLM'
            $ports[0].Port | Should -Be $server.Port
            $ports[1].Port | Should -Be $server.Vendors[0].Port
            $ports[1].IsFixed | Should -BeFalse
            $ports[1].Origin | Should -Match 'PORT='
            $ports[3].Origin | Should -Match '27777'
            ($ports | Out-String -Width 80) -replace '\s+', ' ' | Should -Match 'chosen by the system at each start; add PORT= to the VENDOR line to fix it' -Because 'no word is broken'
        }
        finally { $fixed | Stop-FlexLmSimulator }
        $fixed.Requests.Daemon | Should -Not -Contain 'MLM'
        Test-FlexLmServer $dead.Server -UserPort -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'PSLabNet.*'
    }

    It 'looks like a check list, grouped by server, with what to do below what was found' {
        $view = Test-FlexLmServer $server.Server, $dead.Server | Out-String -Width 80
        $view | Should -Match "Server: $($server.Server)"
        $view | Should -Match "Server: $($dead.Server)"
        $view | Should -Match '(?m)^Failed\s+Connect\s+127\.0\.0\.1:\d+ refuses'
        $view | Should -Match '(?m)^\s{23}-> Start lmgrd'
        ($view -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'has colors where the host has them, and none where they are not wanted' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $steps = Test-FlexLmServer $dead.Server
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $steps | Out-String | Should -Match ([regex]::Escape($PSStyle.Formatting.Error + 'Failed' + $PSStyle.Reset))
            $PSStyle.OutputRendering = 'PlainText'
            $steps | Out-String | Should -Not -Match "`e"
        }
        finally { $PSStyle.OutputRendering = $before }
    }

    It 'can be written as a web page and as JSON, and comes back from a job' {
        $steps = Test-FlexLmServer $dead.Server
        ($steps | ConvertTo-Html) -join "`n" | Should -Match 'Start lmgrd'
        ($steps | ConvertTo-Json | ConvertFrom-Json).Count | Should -Be $steps.Count
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($steps))
        ($back | Where-Object State -eq Failed).Step | Should -Be 'Connect'
        $back | Out-String | Should -Match '-> Start lmgrd'
    }

    It 'shows three servers with commas between them each by itself' {
        $other = Start-FlexLmSimulator -Vendor x
        try {
            $steps = Test-FlexLmServer "$($server.Server),$($other.Server),$($dead.Server)" -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -Match 'servers of their own'
            ($steps.Server | Select-Object -Unique) -join ' ' | Should -Be "$($server.Server) $($other.Server) $($dead.Server)"
            $steps.Step | Should -Not -Contain 'Triad'
        }
        finally { $other | Stop-FlexLmSimulator }
    }
}

Describe 'Get-FlexLmStatus -Verbose' {
    It 'tells what was tried for a dead server' {
        $verbose = Get-FlexLmStatus $dead.Server -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$verbose" | Should -Match "No connection to 127\.0\.0\.1:$($dead.Port): ConnectionRefused"
    }

    It 'lists the ports that were tried for a host without one' {
        $all = Get-FlexLmStatus '@127.0.79.1' -Verbose 4>&1
        "$($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })" | Should -Match '127\.0\.79\.1:27000: .*127\.0\.79\.1:27009: '
        "$(($all | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).Error)" | Should -Match 'ports 27000 to 27009'
    }
}
