using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using PSLabNet.IcePap.Transport;
using Xunit;

namespace PSLabNet.Tests.IcePap;

/// <summary>
/// The protocol sets the port and the group, so all tests receive what one test sends. So these tests run one after the
/// other, match only their own addresses, and send only on loopback.
/// </summary>
[CollectionDefinition(Name)]
public sealed class OneAtATime : ICollectionFixture<OneRunAtATime>
{
    public const string Name = "UDP port 12345";
}

/// <summary>Makes runs take turns when several checkouts are tested on one machine at the same time.</summary>
public sealed class OneRunAtATime : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private FileStream? held;

    public async ValueTask InitializeAsync()
    {
        if (Mono.IsRunning)
        {
            GroupSocket.Reception = new MonoReception();
        }

        string path = Path.Combine(Path.GetTempPath(), "PSLabNet-udp-12345.lock");
        var clock = Stopwatch.StartNew();
        while (held is null && clock.Elapsed < Patience)
        {
            try
            {
                held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
            catch (UnauthorizedAccessException)
            {
                // The file belongs to another user: nothing to wait for.
                return;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        held?.Dispose();
        return ValueTask.CompletedTask;
    }
}
