using System;
using System.Collections.Generic;
using PSLabNet.Fuzz.Conversations;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Targets.FlexLm;

/// <summary>The same conversations over sockets on loopback, sometimes with a server that becomes silent.</summary>
internal sealed class SocketConversationTarget : FuzzTarget
{
    private const int SilentOnceIn = 256;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SilentTimeout = TimeSpan.FromMilliseconds(50);

    private readonly ScriptMutator mutator = new();
    private readonly LoopbackServer server = new();

    public override string Name => "conversation-socket";

    public override int Share => 5;

    public override long AllocationConstant => 0;

    public override long AllocationPerByte => 0;

    public override int LongestSeed => 16 * 1024;

    public override bool IsOnOneThread => false;

    public override IReadOnlyList<byte[]> Seeds => Recordings.Scripts;

    public override byte[] Mutate(FuzzRandom random, SeedPool pool)
    {
        byte[] mutant = mutator.Mutate(random, pool);
        if (mutant.Length > 0)
        {
            mutant[0] = (byte)(random.OneIn(SilentOnceIn) ? mutant[0] | Question.Silent : mutant[0] & ~Question.Silent);
        }

        return mutant;
    }

    public override void Run(byte[] input, Outcome outcome)
    {
        Script script = Script.Read(input);
        server.Play(script);
        Question.Ask(script.Question, server, (script.Question & Question.Silent) == 0 ? Timeout : SilentTimeout, outcome);
    }

    protected override void Dispose(bool disposing)
    {
        server.Dispose();
        base.Dispose(disposing);
    }
}
