using System;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap.Protocol;

public sealed class IcePapCodecPropertyTests
{
    private static Gen<byte[]> HostnameFields => Gen.OneOf(
        Properties.Bytes(24, 24),
        Gen.Elements("iceeu4", "", "a", "abcdefghijklmnopqrstuvwx", "bad_name", "Grüße", "nul\0inside", "\0first", "tab\t", "\u001b[31m", "\u0085\u009b")
            .Select(name => Encoding.Latin1.GetBytes(name.PadRight(24, '\0'))));

    private static Gen<byte[]> Settings =>
        from addresses in Properties.Bytes(28, 28)
        from flags in Gen.OneOf(Gen.Choose(0, 7).Select(value => new byte[] { (byte)value, 0, 0, 0 }), Properties.Bytes(4, 4))
        from hostname in HostnameFields
        select (byte[])[.. addresses, .. flags, .. hostname];

    private static Gen<byte[]> Payloads => Gen.OneOf(Settings, Properties.Bytes(4, 4), Gen.Constant(Array.Empty<byte>()), Properties.Bytes(0, 100), Properties.Bytes(1024, 1024));

    private static Gen<ushort> Commands => Gen.OneOf(Gen.Choose(0, 0x12), Gen.Choose(0, 0xFFFF)).Select(value => (ushort)value);

    private static Gen<RawPacket> Packets => AllPackets.Where(raw => raw.Bytes.Length <= 1048);

    private static Gen<RawPacket> AllPackets =>
        from source in Properties.Bytes(6, 6)
        from count in Gen.Frequency((3, Gen.Constant(0)), (4, Gen.Constant(1)), (2, Gen.Choose(2, 5)))
        from destination in Properties.Bytes(6 * count, 6 * count)
        from number in Gen.Choose(0, 0xFFFF)
        from command in Commands
        from payload in Payloads
        select new RawPacket
        {
            Source = new MacAddress(source),
            TargetCount = (ushort)count,
            Destination = destination,
            Number = (ushort)number,
            Command = command,
            Payload = payload,
        };

    [Fact]
    public void Whatever_decodes_encodes_to_the_same_bytes() => Prop.ForAll(
        Packets.ToArbitrary(),
        raw => IcePapPacketCodec.Encode(IcePapPacketCodec.Decode(raw.Bytes)).SequenceEqual(raw.Bytes)).Holds(2000);

    [Fact]
    public void Whatever_decodes_has_the_fields_of_its_bytes() => Prop.ForAll(
        Packets.ToArbitrary(),
        raw =>
        {
            IcePapPacket packet = IcePapPacketCodec.Decode(raw.Bytes);
            return packet.Source == raw.Source
                && packet.TargetCount == raw.TargetCount && packet.IsBroadcast == (raw.TargetCount == 0)
                && packet.Destinations.SelectMany(target => target.GetAddressBytes()).SequenceEqual(raw.Destination)
                && packet.Destination == packet.Destinations.Select(target => (MacAddress?)target).FirstOrDefault()
                && packet.PacketNumber == raw.Number && (ushort)packet.Command == raw.Command
                && packet.PayloadSize == raw.Payload.Length
                && packet.Checksum == BitConverter.ToUInt32(raw.Bytes, raw.Bytes.Length - 4)
                && packet.Payload is byte[] or IcePapConfiguration or IcePapAcknowledgement;
        }).Holds(1000);

    [Fact]
    public void Whatever_is_encoded_decodes_to_an_equal_packet() => Prop.ForAll(
        Packets.Where(raw => raw.TargetCount < 2).ToArbitrary(),
        raw =>
        {
            object payload = IcePapPacketCodec.Decode(raw.Bytes).Payload;
            IcePapPacket made = raw.TargetCount == 0
                ? IcePapPacket.ToGroup(raw.Source, raw.Number, (IcePapCommand)raw.Command, payload)
                : IcePapPacket.ToDevice(raw.Source, new MacAddress(raw.Destination), raw.Number, (IcePapCommand)raw.Command, payload);
            IcePapPacket read = IcePapPacketCodec.Decode(IcePapPacketCodec.Encode(made));
            return (read.Source, read.Destination, read.TargetCount, read.PacketNumber, read.Command, read.PayloadSize, read.Checksum)
                == (made.Source, made.Destination, made.TargetCount, made.PacketNumber, made.Command, made.PayloadSize, made.Checksum)
                && (payload is byte[] bytes ? bytes.SequenceEqual((byte[])read.Payload) : payload.Equals(read.Payload));
        }).Holds(1000);

    [Fact]
    public void A_hostname_reads_up_to_its_first_NUL_and_never_with_a_control_character() => Prop.ForAll(
        HostnameFields.ToArbitrary(),
        field =>
        {
            string shown = ConfigurationWith(field).Hostname;
            byte[] name = [.. field.TakeWhile(value => value != 0)];
            return !shown.Any(char.IsControl)
                && (name.Any(value => value is < 0x20 or > 0x7E) || shown == Encoding.ASCII.GetString(name));
        }).Holds(1000);

    [Fact]
    public void A_hostname_is_padded_only_if_nothing_but_NUL_follows_the_first() => Prop.ForAll(
        HostnameFields.ToArbitrary(),
        field => ConfigurationWith(field).IsHostnamePadded == field.SkipWhile(value => value != 0).All(value => value == 0)).Holds(1000);

    [Fact]
    public void Commands_that_carry_data_keep_their_bytes_also_if_they_have_the_size_of_a_configuration()
    {
        foreach (ushort command in new ushort[] { 0x0008, 0x000A, 0x000C, 0x000E })
        {
            Assert.IsType<byte[]>(IcePapPacketCodec.Decode(RawPacket.To(RawPacket.Controller, command, new byte[56]).Bytes).Payload);
            Assert.IsType<byte[]>(IcePapPacketCodec.Decode(RawPacket.To(RawPacket.Controller, command, new byte[4]).Bytes).Payload);
        }
    }

    [Fact]
    public void Configurations_of_the_same_bytes_are_equal_and_keep_their_bytes() => Prop.ForAll(
        Settings.ToArbitrary(),
        settings =>
        {
            var written = new byte[58];
            var one = IcePapConfiguration.ReadFrom(settings, 0);
            one.CopyTo(written, 1);
            return written[0] == 0 && written[57] == 0 && written.Skip(1).Take(56).SequenceEqual(settings) && one.Equals(IcePapConfiguration.ReadFrom(written, 1));
        }).Holds();

    private static IcePapConfiguration ConfigurationWith(byte[] hostname) => IcePapConfiguration.ReadFrom([.. new byte[32], .. hostname], 0);
}
