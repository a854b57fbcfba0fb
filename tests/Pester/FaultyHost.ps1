# Dot-sourced by the fault tests: processes that lack something, and disks that are full.

function Invoke-Deprived {
    # Runs a script in a separate process, through a program that takes a resource away from it. Returns its last line, parsed as
    # JSON. In the script, the module is imported and the arguments are in $given.
    param([scriptblock] $Script, [hashtable] $Given = @{}, [string[]] $By = @(), [hashtable] $Environment = @{})
    $with = [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $Given -Compress)))
    $text = "
        `$ProgressPreference = `$WarningPreference = 'SilentlyContinue'
        `$given = ConvertFrom-Json ([System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('$with')))
        Import-Module '$root/PSLabNet.psd1'
        $Script"
    $command = $By + $powerShell + '-NoProfile', '-NonInteractive', '-EncodedCommand', [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
    $start = [System.Diagnostics.ProcessStartInfo]::new($command[0], [string[]] $command[1..($command.Count - 1)])
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $process = [System.Diagnostics.Process]::Start($start)
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "The process ended with $($process.ExitCode). $output" }
    ConvertFrom-Json ($output.TrimEnd() -split "`n")[-1]
}

function Invoke-Program {
    # Runs a program, which must succeed.
    $program = $args[0]
    $arguments = @($args | Select-Object -Skip 1)
    $text = & $program @arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$program $($arguments -join ' ') ended with $LASTEXITCODE. $text" }
}

function Mount-TinyDisk {
    # 64 KiB.
    param([string] $Path)
    $null = New-Item -ItemType Directory $Path -Force
    Invoke-Program mount -t tmpfs -o size=64k tmpfs $Path
}

function Mount-ThinDisk {
    # A disk that claims 16 MiB and has 1. The system accepts data, and finds no space when it writes the data out.
    param([string] $Path)
    $null = New-Item -ItemType Directory $Path, "$Path.thin" -Force
    Invoke-Program mount -t tmpfs -o size=1m tmpfs "$Path.thin"
    Invoke-Program truncate -s 16m "$Path.thin/disk"
    Invoke-Program mkfs.ext4 -q -O ^has_journal "$Path.thin/disk"
    Invoke-Program mount -o loop "$Path.thin/disk" $Path
}

function Dismount-Disk {
    param([string] $Path)
    foreach ($mounted in $Path, "$Path.thin") {
        if (Test-Path $mounted) { & umount $mounted 2>&1 | Out-Null }
    }
}
