using System;

namespace PSLabNet.FlexLm;

/// <summary>How much a finding about an options file matters.</summary>
public enum FlexLmOptionSeverity
{
    /// <summary>The line works, but does nothing or repeats another one.</summary>
    Information,

    /// <summary>The line probably does not do what its author wanted.</summary>
    Warning,

    /// <summary>The vendor daemon can't do what the line says.</summary>
    Error,
}

/// <summary>Something that is wrong, or probably wrong, with a line of an options file.</summary>
public sealed class FlexLmOptionFinding
{
    internal FlexLmOptionFinding(FlexLmOption option, FlexLmOptionSeverity severity, string message, string cure)
        : this(option.Source, option.LineNumber, option.Keyword, severity, message, cure)
    {
    }

    internal FlexLmOptionFinding(string source, int line, string keyword, FlexLmOptionSeverity severity, string message, string cure)
    {
        Source = source;
        Line = line;
        Keyword = keyword;
        Severity = severity;
        Message = message;
        Cure = cure;
    }

    /// <summary>The options file.</summary>
    public string Source { get; }

    /// <summary>Number of the physical line, from 1.</summary>
    public int Line { get; }

    /// <summary>How much it matters.</summary>
    public FlexLmOptionSeverity Severity { get; }

    /// <summary>The keyword of the line.</summary>
    public string Keyword { get; }

    /// <summary>What is wrong.</summary>
    public string Message { get; }

    /// <summary>What to do about it.</summary>
    public string Cure { get; }

    /// <summary>The finding in one line.</summary>
    /// <returns>File, line, severity and message, as compilers write it.</returns>
    public override string ToString() => FormattableString.Invariant($"{Source}:{Line}: {Severity}: {Message}");
}
