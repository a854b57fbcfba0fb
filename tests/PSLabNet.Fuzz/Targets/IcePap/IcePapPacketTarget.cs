using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using PSLabNet.Bytes;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.IcePap.Protocol;

namespace PSLabNet.Fuzz.Targets.IcePap;

/// <summary>
/// Datagrams: <see cref="IcePapPacketCodec"/> with configuration and acknowledgement. A packet that was read is written as
/// the same bytes, and its texts are safe to show.
/// </summary>
internal sealed class IcePapPacketTarget : FuzzTarget
{
    private const int HeaderSize = 14;
    private const int ChecksumSize = 4;
    private const int PayloadSizeOffset = 12;

    // The texts of a packet take longer than its bytes: only some are checked.
    private const int ShownOnceIn = 16;

    private readonly ByteBuffer buffer = new();

    public override string Name => "icepap-packet";

    public override int Share => 4500;

    public override long AllocationConstant => 16 * 1024;

    public override long AllocationPerByte => 64;

    public override int LongestSeed => 1100;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. Resources.IcePap, .. Written()];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool)
    {
        buffer.Set(pool.Pick(random));
        if (random.OneIn(4))
        {
            ChangePayload(random, pool.Pick(random));
        }
        else
        {
            ByteMutator.Mutate(buffer, random, pool.Pick(random));
        }

        // Usually with a correct size and checksum, because otherwise the code after these checks would never be reached.
        if (buffer.Length >= HeaderSize + ChecksumSize && !random.OneIn(8))
        {
            if (!random.OneIn(4))
            {
                SetSize();
            }

            Span<byte> bytes = buffer.Span;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[^ChecksumSize..], Crc32.Compute(bytes.ToArray(), 0, bytes.Length - ChecksumSize));
        }

        return buffer.ToArray();
    }

    public override void Run(byte[] input, Outcome outcome)
    {
        bool isShown = input.Length > 0 && input[^1] % ShownOnceIn == 0;
        if (!IcePapPacketCodec.TryDecode(input, out IcePapPacket? packet, out string? error))
        {
            outcome.AddShape(error);
            if (isShown)
            {
                Printable.Check(error, "the reason");
                ThrowsAsDocumented(input);
            }

            return;
        }

        outcome.IsValid = true;
        outcome.Add((int)packet.Command < 32 ? (int)packet.Command : 32);
        outcome.AddSize(packet.PayloadSize);
        outcome.Add(packet.Payload.GetType().Name[^4]);
        outcome.Add(packet.TargetCount > 1 ? 2 : packet.TargetCount);
        byte[] written = IcePapPacketCodec.Encode(packet);
        if (!written.AsSpan().SequenceEqual(input))
        {
            CheckZeroDestination(input, packet, written);
            outcome.Add(1);
        }

        if (isShown)
        {
            CheckShown(packet, outcome);
        }
    }

    // A broadcast with a destination of one zero byte is accepted, and written without it, as devices send it.
    private static void CheckZeroDestination(byte[] input, IcePapPacket packet, byte[] written)
    {
        bool isOther = packet.IsBroadcast && written.Length == input.Length - 1 && input[HeaderSize] == 0
            && written.AsSpan(0, HeaderSize).SequenceEqual(input.AsSpan(0, HeaderSize))
            && written.AsSpan(HeaderSize, packet.PayloadSize).SequenceEqual(input.AsSpan(HeaderSize + 1, packet.PayloadSize));
        FuzzViolation.Demand(isOther, "encode(decode(b)) is not b");
        FuzzViolation.Demand(IcePapPacketCodec.Decode(written).Equals(packet), "decode(encode(x)) is not x");
    }

    private static void CheckShown(IcePapPacket packet, Outcome outcome)
    {
        foreach (string line in packet.ToString().Split('\n'))
        {
            Printable.Check(line, "IcePapPacket.ToString");
        }

        if (packet.Payload is IcePapConfiguration configuration)
        {
            Printable.Check(configuration.Hostname, "IcePapConfiguration.Hostname");
            foreach (string problem in IcePapConfigurationRules.Check(configuration))
            {
                Printable.Check(problem, "IcePapConfigurationRules.Check");
                outcome.AddShape(problem);
            }
        }
    }

    private static void ThrowsAsDocumented(byte[] input)
    {
        try
        {
            IcePapPacketCodec.Decode(input);
        }
        catch (IcePapPacketException)
        {
            return;
        }

        throw new FuzzViolation("Decode takes what TryDecode does not", "Decode takes what TryDecode does not.");
    }

    // A payload with a meaningful size, from another packet, or of any bytes.
    private void ChangePayload(FuzzRandom random, byte[] other)
    {
        int start = Math.Min(buffer.Length, HeaderSize + (random.OneIn(2) ? 0 : MacAddress.Size));
        buffer.Truncate(start);
        int size = random.Below(8) switch
        {
            0 => IcePapProtocol.MaxPayloadSize + random.Below(3) - 1,
            1 => 0,
            2 or 3 => IcePapProtocol.AcknowledgementSize + random.Below(3) - 1,
            4 => random.Below(64),
            _ => IcePapProtocol.ConfigurationSize + (random.OneIn(8) ? random.Below(3) - 1 : 0),
        };
        byte filling = random.NextByte();
        for (int at = 0; at < size; at++)
        {
            byte value = at < other.Length && !random.OneIn(8) ? other[other.Length - 1 - at] : filling;
            buffer.InsertRun(buffer.Length, value, 1);
        }

        buffer.InsertRun(buffer.Length, 0, ChecksumSize);
    }

    private void SetSize()
    {
        Span<byte> bytes = buffer.Span;
        int destination = (bytes[6] | bytes[7]) == 0 ? 0 : MacAddress.Size;
        int size = bytes.Length - HeaderSize - destination - ChecksumSize;
        if (size >= 0)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[PayloadSizeOffset..], (ushort)size);
        }
    }

    private static IEnumerable<byte[]> Written()
    {
        MacAddress device = MacAddress.Parse("00:0c:c6:69:13:2d");
        var settings = new IcePapConfiguration
        {
            DeviceId = device,
            MacAddress = device,
            IPAddress = System.Net.IPAddress.Parse("172.24.155.222"),
            Netmask = System.Net.IPAddress.Parse("255.255.255.0"),
            Gateway = System.Net.IPAddress.Parse("172.24.155.99"),
            Broadcast = System.Net.IPAddress.Parse("172.24.155.255"),
            Apply = IcePapApply.Dynamic | IcePapApply.Flash,
            Hostname = "abcdefghijklmnopqrstuvwx",
        };
        foreach (IcePapCommand command in Enum.GetValues<IcePapCommand>())
        {
            yield return IcePapPacketCodec.Encode(IcePapPacket.ToDevice(IcePapProtocol.ControllerAddress, device, 7, command, settings));
            yield return IcePapPacketCodec.Encode(IcePapPacket.ToDevice(device, IcePapProtocol.ControllerAddress, 8, command, new IcePapAcknowledgement(7, IcePapAcknowledgementCode.OK)));
            yield return IcePapPacketCodec.Encode(IcePapPacket.ToGroup(device, 9, command, null));
            yield return IcePapPacketCodec.Encode(IcePapPacket.ToGroup(device, 10, command, new byte[(int)command * 60]));
        }
    }
}
