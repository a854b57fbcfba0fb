using System;
using System.Collections.Generic;
using System.Text;
using PSLabNet.Text;

namespace PSLabNet.IcePap.Details;

/// <summary>
/// Reads the answer to one request from the bytes that a controller sends, in any pieces. An answer repeats the first word of the
/// request; then comes a value, or a dollar sign, lines, and another dollar sign at the start of a line.
/// </summary>
/// <param name="request">The request. Lines that answer another one are skipped.</param>
internal sealed class ControllerAnswerReader(string request)
{
    private readonly string echo = ControllerAnswer.FirstWord(request);
    private readonly StringBuilder line = new();
    private List<string>? block;
    private int size;

    /// <summary>Whether more came than an answer can have. Nothing is kept of what follows.</summary>
    public bool IsTooLong => size > ControllerProtocol.MaxAnswerSize;

    /// <summary>Reads some bytes.</summary>
    /// <param name="bytes">The buffer.</param>
    /// <param name="count">How many of its bytes to read.</param>
    /// <returns>The answer, if these bytes complete it. What follows it is dropped: controllers send nothing unasked.</returns>
    public ControllerAnswer? Read(byte[] bytes, int count)
    {
        for (int at = 0; at < count && !IsTooLong; at++)
        {
            size++;
            char character = (char)bytes[at];
            if (character is '\n' or '\r')
            {
                if (TakeLine() is { } answer)
                {
                    return answer;
                }
            }
            else if (block is not null && line.Length == 0 && character == ControllerProtocol.Block)
            {
                // No line break needs to follow the second dollar sign, so it is not waited for.
                return new ControllerAnswer(block);
            }
            else if (line.Length > 0 || character is not (' ' or '\t'))
            {
                // The protocol is ASCII. Any other byte becomes one character, so that none can hide.
                line.Append(character);
            }
        }

        return null;
    }

    private ControllerAnswer? TakeLine()
    {
        string text = line.ToString().Trim();
        line.Clear();
        if (text.Length == 0)
        {
            return null;
        }

        if (block is not null)
        {
            block.Add(PrintableText.Escape(text));
            return null;
        }

        string? value = ValueIn(text);
        if (value is { Length: 1 } && value[0] == ControllerProtocol.Block)
        {
            block = [];
            return null;
        }

        return value is null ? null : new ControllerAnswer([PrintableText.Escape(value)]);
    }

    // Null if the line answers something else.
    private string? ValueIn(string text) =>
        text.StartsWith(echo, StringComparison.OrdinalIgnoreCase) && (text.Length == echo.Length || text[echo.Length] is ' ' or '\t')
            ? text.Substring(echo.Length).Trim()
            : null;
}
