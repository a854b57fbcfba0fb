using System;
using System.CommandLine;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace PSLabNet.Lab;

/// <summary>Binds a command's options to the properties of a record: <c>IsCi</c>, with its description and default, becomes <c>--is-ci</c>.</summary>
public static class CommandExtensions
{
    // Long enough to remove network namespaces after Ctrl+C.
    private static readonly TimeSpan CleanUp = TimeSpan.FromSeconds(30);

    /// <summary>Adds an option to a command for each property of a record, and sets its action.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">Does the work, until it is cancelled by Ctrl+C or SIGTERM, and returns the exit code.</param>
    public static void Runs<T>(this Command command, Func<T, CancellationToken, Task<int>> run)
        where T : new() => command.Runs<T>((_, bound, stop) => run(bound, stop));

    /// <param name="command">The command.</param>
    /// <param name="run">Does the work; its first parameter contains the arguments that are not options.</param>
    /// <inheritdoc cref="Runs{T}(Command, Func{T, CancellationToken, Task{int}})" path="/summary"/>
    public static void Runs<T>(this Command command, Func<ParseResult, T, CancellationToken, Task<int>> run)
        where T : new()
    {
        (PropertyInfo Property, Option Option)[] options =
            [.. typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => (property, OptionOf(property)))];
        foreach ((_, Option option) in options)
        {
            command.Add(option);
        }

        command.SetAction((parsed, stop) =>
        {
            var bound = new T();
            foreach ((PropertyInfo property, Option option) in options)
            {
                if (parsed.GetResult(option) is { Implicit: false } result)
                {
                    property.SetValue(bound, result.GetValueOrDefault<object>());
                }
            }

            return run(parsed, bound, stop);
        });
    }

    /// <summary>Runs the command in the arguments. A failure is printed in one line.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="arguments">The arguments of the program.</param>
    /// <returns>The exit code; 1 if the arguments are wrong, 130 after Ctrl+C.</returns>
    public static async Task<int> RunAsync(this RootCommand root, string[] arguments)
    {
        try
        {
            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = CleanUp });
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception e) when (e is IOException or ArgumentException or Win32Exception)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static Option OptionOf(PropertyInfo property)
    {
        string name = "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name);
        var option = (Option)Activator.CreateInstance(typeof(Option<>).MakeGenericType(property.PropertyType), name, Array.Empty<string>())!;
        option.Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description;
        return option;
    }
}
