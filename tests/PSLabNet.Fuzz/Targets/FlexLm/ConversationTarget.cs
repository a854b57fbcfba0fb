using System;
using System.Collections.Generic;
using PSLabNet.Fuzz.Conversations;
using PSLabNet.Fuzz.Engine;

namespace PSLabNet.Fuzz.Targets.FlexLm;

/// <summary>
/// Whole conversations with servers that send anything, in memory: a query returns a result, whatever it receives, and
/// leaves no connection open.
/// </summary>
internal sealed class ConversationTarget : FuzzTarget
{
    // Never reached: every answer is available at once.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private readonly ScriptMutator mutator = new();

    public override string Name => "conversation";

    public override int Share => 40;

    // A connection has buffers of 48 KiB, and a message of many frames is read into objects.
    public override long AllocationConstant => 4 * 1024 * 1024;

    public override long AllocationPerByte => 4000;

    public override int LongestSeed => 16 * 1024;

    public override IReadOnlyList<byte[]> Seeds => Recordings.Scripts;

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        Script script = Script.Read(input);
        var network = new ScriptedNetwork(script);
        Question.Ask(script.Question, network, Timeout, outcome);
        FuzzViolation.Demand(network.Unclosed == 0, "a connection is left open");
        outcome.AddSize(network.Connections);
    }
}
