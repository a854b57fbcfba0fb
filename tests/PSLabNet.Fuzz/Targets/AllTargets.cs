using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.Fuzz.Engine;
using PSLabNet.Fuzz.Targets.FlexLm;
using PSLabNet.Fuzz.Targets.IcePap;

namespace PSLabNet.Fuzz.Targets;

/// <summary>Every parser of bytes from outside, and the writers for other programs.</summary>
internal static class AllTargets
{
    // Created for each run: a target has its own buffers, and runs use several threads.
    private static readonly (string Name, Func<FuzzTarget> Make)[] Targets =
    [
        ("icepap-packet", () => new IcePapPacketTarget()),
        ("icepap-fields", () => new IcePapFieldsTarget()),
        ("icepap-answer", () => new IcePapAnswerTarget()),
        ("flexlm-message", () => new FlexLmMessageTarget()),
        ("conversation", () => new ConversationTarget()),
        ("conversation-socket", () => new SocketConversationTarget()),
        ("license-file", () => new LicenseFileTarget()),
        ("options-file", () => new OptionsFileTarget()),
        ("sample-file", () => new SampleFileTarget()),
        ("lmstat", () => new LmStatTarget()),
        ("log", () => new LogTarget()),
        ("text-file", () => new TextFileTarget()),
        ("server-list", () => new ServerListTarget()),
        ("address", () => new AddressTarget()),
        ("printable", () => new PrintableTarget()),
        ("metrics", () => new MetricsTarget()),
        ("report", () => new ReportTarget()),
    ];

    /// <summary>The targets with a name, or all.</summary>
    /// <exception cref="ArgumentException">No target has that name.</exception>
    public static IReadOnlyList<Func<FuzzTarget>> Named(string name)
    {
        Func<FuzzTarget>[] found = [.. Targets.Where(target => name == "all" || name.Split(',').Contains(target.Name)).Select(target => target.Make)];
        return found.Length > 0 ? found : throw new ArgumentException($"There is no target '{name}'. There are: {string.Join(", ", Targets.Select(target => target.Name))}.");
    }
}
