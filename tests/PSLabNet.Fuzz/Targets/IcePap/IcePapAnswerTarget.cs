using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSLabNet.Fuzz.Checks;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Mutation;
using PSLabNet.IcePap.Details;

namespace PSLabNet.Fuzz.Targets.IcePap;

/// <summary>Answers of controllers over TCP: nothing is thrown, nothing is unsafe to show, and the pieces in which they arrive do not matter.</summary>
internal sealed class IcePapAnswerTarget : FuzzTarget
{
    private static readonly string[] Requests = [ControllerProtocol.Version, ControllerProtocol.Identification, ControllerProtocol.MasterIdentification, ControllerProtocol.SystemStatus, ControllerProtocol.SystemStatus + " 3"];

    private readonly TextMutator mutator = new(Tokens.Controllers) { Longest = 4 * ControllerProtocol.MaxAnswerSize };

    public override string Name => "icepap-answer";

    public override int Share => 800;

    public override long AllocationConstant => 64 * 1024;

    public override long AllocationPerByte => 400;

    public override int LongestSeed => 1024;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "?VER 3.23\r\n", "?ID 0008.0153.F797\r\n", "0:?ID 0008.0153.F797\n", "?SYSSTAT 0x8001\r\n", "?SYSSTAT 0x11 0x11\r\n", "?ID ERROR Command not recognised\r\n", "?ID\r\n",
            "?VER $\r\nSYSTEM       :  3.17 : Tue Feb 16 10:57:37 2016\r\n   CONTROLLER:  3.17\r\n      DSP    :  3.67 : Mon Dec 14 13:22:03 2015\r\n   DRIVER    :  3.17\r\n$\r\n",
            "?ID late\r\n?VER 3.17\r\n", "?VER $\r\n$", "?VER $\n",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    public override byte[] Mutate(FuzzRandom random, SeedPool pool) => mutator.Mutate(random, pool);

    public override void Run(byte[] input, Outcome outcome)
    {
        string request = Requests[input.Length % Requests.Length];
        ControllerAnswer? answer = new ControllerAnswerReader(request).Read(input, input.Length);
        Compare(answer, ReadInPieces(input, request, 1 + (input.Length * 7 % 61)));
        outcome.IsValid = answer is { IsError: false, Lines.Count: > 0 };
        if (answer is null)
        {
            return;
        }

        FuzzViolation.Demand(answer.Lines.Sum(line => line.Length) <= 10 * ControllerProtocol.MaxAnswerSize, "an answer is longer than what is read");
        foreach (string line in answer.Lines)
        {
            Printable.Check(line, "ControllerAnswer");
        }

        CheckValues(answer, outcome);
    }

    private static void CheckValues(ControllerAnswer answer, Outcome outcome)
    {
        string? firmware = ControllerValues.Firmware(answer);
        string? identification = ControllerValues.Identification(answer);
        FuzzViolation.Demand(firmware is null or { Length: > 0 and <= ControllerProtocol.MaxValueLength }, "a version is empty or too long");
        FuzzViolation.Demand(identification is null or { Length: > 0 and <= ControllerProtocol.MaxValueLength }, "an identification is empty or too long");
        IReadOnlyList<int>? racks = ControllerValues.Racks(answer);
        FuzzViolation.Demand(racks is null || racks.All(rack => rack is >= 0 and < ControllerProtocol.MaxRacks) && racks.Distinct().Count() == racks.Count, "there is a rack that can't be");
        int? drivers = ControllerValues.Drivers(answer);
        FuzzViolation.Demand(drivers is null or (>= 0 and <= ControllerProtocol.MaxDrivers), "a rack has more drivers than fit");
        outcome.AddShape(firmware);
        outcome.Add(racks?.Count ?? -1);
        outcome.Add(drivers ?? -1);
        outcome.AddFlag(answer.IsError);
        outcome.AddSize(answer.Lines.Count);
    }

    private static void Compare(ControllerAnswer? one, ControllerAnswer? other) => FuzzViolation.Demand(
        one is null ? other is null : other is not null && one.Lines.SequenceEqual(other.Lines), "an answer read in pieces is another");

    private static ControllerAnswer? ReadInPieces(byte[] input, string request, int most)
    {
        var reader = new ControllerAnswerReader(request);
        for (int at = 0; at < input.Length; at += most)
        {
            byte[] piece = input[at..Math.Min(input.Length, at + most)];
            if (reader.Read(piece, piece.Length) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }
}
