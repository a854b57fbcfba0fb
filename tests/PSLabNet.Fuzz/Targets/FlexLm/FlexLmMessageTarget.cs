using System;
using System.Collections.Generic;
using PSLabNet.FlexLm.Wire;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;

namespace PSLabNet.Fuzz.Targets.FlexLm;

/// <summary>
/// Messages of both generations, with every reader for their kind. Only <see cref="FlexLmProtocolException"/> may be thrown.
/// A message that was read is written as the same bytes, except bytes without a known meaning.
/// </summary>
internal sealed class FlexLmMessageTarget : FuzzTarget
{
    private static readonly FrameType[] Types = Enum.GetValues<FrameType>();

    private readonly ByteBuffer buffer = new();

    public override string Name => "flexlm-message";

    public override int Share => 500;

    public override long AllocationConstant => 32 * 1024;

    public override long AllocationPerByte => 400;

    public override int LongestSeed => 1024;

    public override IReadOnlyList<byte[]> Seeds => FlexLmMessages.Valid;

    public override byte[] Mutate(FuzzRandom random, SeedPool pool)
    {
        buffer.Set(pool.Pick(random));
        FlexLmMessages.Mutate(buffer, random, pool.Pick(random));
        return buffer.ToArray();
    }

    public override void Run(byte[] input, Outcome outcome)
    {
        try
        {
            int length = FlexLmMessage.MeasureLength(input, 0, input.Length);
            FlexLmMessage message = FlexLmMessage.Decode(input);
            FuzzViolation.Demand(
                length == input.Length || (message.Frame is not null && FlexLmFrame.ReadShortLength(input, 0) == input.Length), "MeasureLength is not the length");
            outcome.IsValid = true;
            if (message.Frame is { } frame)
            {
                outcome.Add(Array.IndexOf(Types, frame.Type));
                FlexLmMessageReaders.CheckFrame(frame, input);
                FlexLmMessageReaders.ReadFrame(frame, outcome);
            }
            else
            {
                outcome.Add((int)message.Old!.Kind);
                FuzzViolation.Demand(message.Old.Encode().AsSpan().SequenceEqual(input), "encode(decode(b)) is not b");
                FlexLmMessageReaders.ReadOld(message.Old, outcome);
            }
        }
        catch (FlexLmProtocolException exception)
        {
            outcome.Add((int)exception.Fault);
            outcome.AddShape(exception.Message);
        }
    }
}
