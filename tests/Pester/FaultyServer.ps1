# Dot-sourced by the fault tests: license servers on raw sockets with faults that no simulator has, and functions that
# count what the cmdlets leave on this host.
if (-not ('PSLabNet.Faults.FaultyServer' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace PSLabNet.Faults
{
    public enum ServerFault { ResetOnAccept, ResetInAnswer, CloseInAnswer, SilentInAnswer, VanishInAnswer, Garbage, Http, BacklogFull }

    // Stands in front of a real port, or of nothing, and does wrong what it is told to do wrong.
    public sealed class FaultyServer : IDisposable
    {
        private readonly Socket listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly ConcurrentBag<Socket> open = new ConcurrentBag<Socket>();
        private readonly ServerFault fault;
        private readonly IPEndPoint target;
        private readonly int answers;
        private int vanished;

        public FaultyServer(ServerFault fault, IPEndPoint listen, IPEndPoint target, int answers)
        {
            this.fault = fault;
            this.target = target;
            this.answers = answers;
            listener.Bind(listen);
            listener.Listen(fault == ServerFault.BacklogFull ? 0 : 128);
            Port = ((IPEndPoint)listener.LocalEndPoint).Port;
            Server = Port + "@" + listen.Address;
            if (fault == ServerFault.BacklogFull)
            {
                // The system takes one or two more than it is told to.
                for (int n = 0; n < 4; n++)
                {
                    var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                    open.Add(filler);
                    try { filler.Connect(listener.LocalEndPoint); } catch (SocketException) { }
                }
            }
            else
            {
                _ = AcceptAsync();
            }
        }

        public int Port { get; private set; }

        public string Server { get; private set; }

        public int Connections { get; private set; }

        // Why the fault could not be made; null if all is as it should be.
        public string Trouble { get; private set; }

        public void Dispose()
        {
            listener.Dispose();
            foreach (Socket socket in open) { socket.Dispose(); }
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    Socket client = await listener.AcceptAsync();
                    Connections++;
                    open.Add(client);
                    _ = ServeAsync(client);
                }
            }
            catch (SocketException) { }
            catch (ObjectDisposedException) { }
        }

        private async Task ServeAsync(Socket client)
        {
            try
            {
                switch (fault)
                {
                    case ServerFault.ResetOnAccept:
                        client.Close(0);
                        return;
                    case ServerFault.Garbage:
                        // The same bytes each time.
                        var bytes = new byte[4096];
                        new Random(6).NextBytes(bytes);
                        await client.SendAsync(new ArraySegment<byte>(bytes), SocketFlags.None);
                        await DrainAsync(client);
                        return;
                    case ServerFault.Http:
                        byte[] text = Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html><body>" + new string('x', 512) + "</body></html>\r\n");
                        await client.SendAsync(new ArraySegment<byte>(text), SocketFlags.None);
                        await DrainAsync(client);
                        return;
                    default:
                        await RelayAsync(client);
                        return;
                }
            }
            catch (SocketException) { client.Dispose(); }
            catch (ObjectDisposedException) { }
        }

        private static async Task DrainAsync(Socket client)
        {
            var chunk = new byte[65536];
            while (await client.ReceiveAsync(new ArraySegment<byte>(chunk), SocketFlags.None) > 0) { }
            client.Dispose();
        }

        private async Task RelayAsync(Socket client)
        {
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            open.Add(server);
            await server.ConnectAsync(target);
            _ = PumpAsync(client, server);
            var chunk = new byte[65536];
            for (int passed = 0; ; passed++)
            {
                int count = await server.ReceiveAsync(new ArraySegment<byte>(chunk), SocketFlags.None);
                if (count == 0) { client.Dispose(); return; }
                if (passed == answers)
                {
                    await client.SendAsync(new ArraySegment<byte>(chunk, 0, count / 2), SocketFlags.None);
                    await FailAsync(client, server, chunk, count);
                    return;
                }

                await client.SendAsync(new ArraySegment<byte>(chunk, 0, count), SocketFlags.None);
            }
        }

        private async Task FailAsync(Socket client, Socket server, byte[] chunk, int count)
        {
            switch (fault)
            {
                case ServerFault.ResetInAnswer:
                    client.Close(0);
                    server.Dispose();
                    break;
                case ServerFault.CloseInAnswer:
                    client.Shutdown(SocketShutdown.Send);
                    server.Dispose();
                    await DrainAsync(client);
                    break;
                case ServerFault.VanishInAnswer:
                    // From here on nothing arrives on either side, not even that this side has closed.
                    Vanish();
                    await client.SendAsync(new ArraySegment<byte>(chunk, count / 2, count - count / 2), SocketFlags.None);
                    client.Dispose();
                    server.Dispose();
                    break;
                default:
                    break;
            }
        }

        private void Vanish()
        {
            if (System.Threading.Interlocked.Exchange(ref vanished, 1) != 0) { return; }
            foreach (string side in new[] { "sport", "dport" })
            {
                using (Process nft = Process.Start("nft", "add rule inet faults input tcp " + side + " " + Port + " drop"))
                {
                    nft.WaitForExit();
                    if (nft.ExitCode != 0) { Trouble = "nft ended with " + nft.ExitCode; }
                }
            }
        }

        private async Task PumpAsync(Socket from, Socket to)
        {
            var chunk = new byte[65536];
            try
            {
                int count;
                while ((count = await from.ReceiveAsync(new ArraySegment<byte>(chunk), SocketFlags.None)) > 0)
                {
                    await to.SendAsync(new ArraySegment<byte>(chunk, 0, count), SocketFlags.None);
                }

                to.Dispose();
            }
            catch (SocketException) { to.Dispose(); }
            catch (ObjectDisposedException) { }
        }
    }
}
'@
}

function Start-FaultyServer {
    # A server with the given fault. It can be placed in front of a simulator's lmgrd or any port, and fail after some correct answers.
    param([string] $Fault, $Behind, [int] $Answers, [string] $Address = '127.0.0.1', [int] $Port)
    $target = if ($Behind -is [int]) { [System.Net.IPEndPoint]::new([ipaddress]::Loopback, $Behind) } elseif ($Behind) { [System.Net.IPEndPoint]::new([ipaddress]::Loopback, $Behind.Port) }
    [PSLabNet.Faults.FaultyServer]::new($Fault, [System.Net.IPEndPoint]::new([ipaddress] $Address, $Port), $target, $Answers)
}

function Get-OpenClientCount {
    # Counts connections to a port of this namespace that the connecting program still has open. Closed connections that
    # only wait for the other side no longer belong to a file (inode 0).
    param([int] $Port)
    if (-not (Test-Path /proc/self/net/tcp)) { return 0 }
    $suffix = ':{0:X4}' -f $Port
    @([System.IO.File]::ReadAllLines('/proc/self/net/tcp') | ForEach-Object { , ($_.Trim() -split '\s+') } |
            Where-Object { $_[2].EndsWith($suffix) -and $_[9] -ne '0' }).Count
}

function Watch-Beside {
    # Runs Watch-FlexLmCheckout beside the test, does something after its first poll, and waits for its end.
    param([hashtable] $Watch, [scriptblock] $Do)
    if (-not $Watch.IntervalSeconds) { $Watch.IntervalSeconds = 0.05 }
    $shell = [powershell]::Create()
    try {
        $null = $shell.AddScript('param($module, $with) Import-Module $module; Watch-FlexLmCheckout @with -Verbose -WarningAction SilentlyContinue').AddArgument("$root/PSLabNet.psd1").AddArgument($Watch)
        $none = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $none.Complete()
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke($none, $output)
        while (-not ($shell.Streams.Verbose -match 'Look 1 ') -and -not $running.IsCompleted) { $null = $running.AsyncWaitHandle.WaitOne(10) }
        if ($Do) { & $Do }
        if (-not $running.AsyncWaitHandle.WaitOne(120000)) {
            $shell.Stop()
            throw "The watch did not end; it wrote $($output.Count) event(s)."
        }

        $shell.Streams.Error | Should -BeNullOrEmpty
        $output
    }
    finally {
        $shell.Dispose()
    }
}

function Get-OwnSocketCount {
    # Counts the sockets of this process, if the system lists them.
    if (-not (Test-Path /proc/self/fd)) { return 0 }
    @([System.IO.Directory]::EnumerateFileSystemEntries('/proc/self/fd') | Where-Object { [System.IO.FileInfo]::new($_).LinkTarget -like 'socket:*' }).Count
}

function Start-ServerPark {
    # Simulated servers in a separate process: some that are up, some where nothing listens, some that are silent.
    param([int] $Up, [int] $Refuse, [int] $Silent)
    $script = "
        Import-Module '$root/PSLabNet.psd1'
        'up ' + @(foreach (`$n in 1..$Up) { (Start-FlexLmSimulator -FeatureCount 1 -CheckoutCount 1).Server })
        'down ' + @(foreach (`$n in 1..$Refuse) { (Start-FlexLmSimulator -Fault Refuse).Server }) + ' ' + @(foreach (`$n in 1..$Silent) { (Start-FlexLmSimulator -Fault Silent).Server })
        `$null = [Console]::In.ReadToEnd()"
    $command = $powerShell + '-NoProfile', '-NonInteractive', '-EncodedCommand', [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($script))
    $start = [System.Diagnostics.ProcessStartInfo]::new($command[0], [string[]] $command[1..($command.Count - 1)])
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $lists = @{}
    foreach ($n in 1, 2) {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw 'The simulators did not start.' }
        $lists[($line -split ' ')[0]] = @($line -split ' ' | Select-Object -Skip 1)
    }

    [pscustomobject] @{ Process = $process; Up = $lists.up; Down = $lists.down; Servers = $lists.down + $lists.up }
}

function Stop-ServerPark {
    # The process ends when its input ends.
    param($Park)
    if ($Park) {
        $Park.Process.StandardInput.Close()
        $Park.Process.WaitForExit()
        $Park.Process.Dispose()
    }
}
