using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PSLabNet.Files;
using PSLabNet.FlexLm;
using PSLabNet.Parameters;
using PSLabNet.Pipeline;

namespace PSLabNet.Commands.FlexLm;

/// <summary>
/// The base of the cmdlets that write a file from their pipeline input or, without input, from their own query. Unless a
/// cmdlet appends to it, the file is replaced as a whole: a reader never sees half of it.
/// </summary>
public abstract class FlexLmExportCmdlet : FlexLmQueryCmdlet
{
    private protected const string InputSet = "InputObject";

    private bool hasContent;
    private int rejectedCount;

    private protected FlexLmExportCmdlet()
    {
    }

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>License servers: port@host, @host, a triad in quotes, the path of a license file. Without it, the configured servers.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [LicenseServerText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseServerCompleter))]
    public string[]? Server { get; set; }

    /// <summary>Names of features, with wildcards. No other feature is queried.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseFeatureCompleter))]
    public string[]? Feature { get; set; }

    /// <summary>Names of vendor daemons, with wildcards. No other daemon is queried.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LicenseVendorCompleter))]
    public string[]? Vendor { get; set; }

    /// <summary>Earlier results: features, snapshots, and what else the cmdlet can use. No server is queried again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    public object[]? InputObject { get; set; }

    /// <summary>Writes the file object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Description of the file, for the confirmation prompt.</summary>
    private protected abstract string Description { get; }

    /// <summary>What can be piped in, for an error about something else.</summary>
    private protected virtual string Usable => "the output of Get-FlexLmFeature, Get-FlexLmStatus or ConvertFrom-LmStat";

    /// <summary>Whether there is anything to write.</summary>
    private protected virtual bool HasContent => hasContent;

    /// <summary>Why a query gave nothing to write.</summary>
    private protected virtual string WhyQueryIsEmpty => "no license server was queried";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != InputSet)
        {
            Request(Server, Feature, Vendor);
            return;
        }

        foreach (object input in InputObject!)
        {
            object value;
            try
            {
                value = Restore(input);
            }
            catch (InvalidCastException e)
            {
                rejectedCount++;
                WriteFailure(e, input, ErrorRecords.WrongInput);
                continue;
            }

            if (TryTake(value))
            {
                hasContent |= value is not FlexLmSnapshot snapshot || snapshot.Servers.Count > 0 || snapshot.Features.Count > 0;
            }
            else
            {
                rejectedCount++;
                WriteFailure(
                    new ArgumentException($"An object of type {value.GetType()} cannot be exported. Use {Usable}."),
                    value,
                    ErrorRecords.WrongInput);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Checked before any query: if the file cannot be written, no query is needed.
        if (!TryResolvePath(out string path))
        {
            return;
        }

        // An empty pipeline binds nothing, so it looks like a query, but requests nothing.
        bool isQuery = ParameterSetName != InputSet && HasRequests;
        if (isQuery)
        {
            AskFeatures();
        }

        hasContent |= TakeFiles();
        if (!HasContent)
        {
            WriteNothingToWrite(path, isQuery ? WhyQueryIsEmpty : rejectedCount > 0 ? "none of the objects in the input can be exported" : "the input is empty");
            return;
        }

        foreach (string file in FilesOf(path))
        {
            WriteOne(path, file);
        }
    }

    /// <summary>Adds what other files contain; false if that is nothing.</summary>
    private protected virtual bool TakeFiles() => false;

    /// <summary>The files that the objects are written to.</summary>
    private protected virtual IEnumerable<string> FilesOf(string path) => [path];

    /// <summary>A file that is written, as far as it is known before the query.</summary>
    private protected virtual string FirstFileOf(string path) => path;

    /// <summary>Writes one of the files.</summary>
    /// <param name="path">The path that the user gave.</param>
    /// <param name="file">The file of <see cref="FilesOf"/>.</param>
    /// <param name="cancellationToken">Cancelled when the pipeline is stopped.</param>
    private protected virtual Task WriteAsync(string path, string file, CancellationToken cancellationToken) => AtomicFile.WriteAsync(file, WriteFile, cancellationToken);

    private void WriteOne(string path, string file)
    {
        if (!ShouldProcess(file, Description))
        {
            return;
        }

        try
        {
            Pump(token => WriteAsync(path, file, token));
            if (PassThru)
            {
                WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteFailure(e, file, ErrorRecords.FileNotWritable);
        }
    }

    private bool TryResolvePath(out string path)
    {
        path = Path;
        try
        {
            path = this.ToLiteralFile(Path);

            // Finds characters that no path may contain.
            path = System.IO.Path.GetFullPath(path);
            AtomicFile.Check(FirstFileOf(path));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ArgumentException or NotSupportedException)
        {
            WriteFailure(e, path, ErrorRecords.FileNotWritable);
            return false;
        }
    }

    // A good file with the data of yesterday is worth more than an empty one.
    private void WriteNothingToWrite(string path, string reason)
    {
        string file = File.Exists(path) ? "The file is as it was." : "No file was made.";
        WriteFailure(new InvalidOperationException($"Nothing was written to '{path}', because {reason}. {file}"), path, ErrorRecords.NothingToWrite);
    }

    /// <summary>The object that was piped in, as it was before it was sent or written.</summary>
    /// <exception cref="System.InvalidCastException">A property cannot be converted to its former type.</exception>
    private protected virtual object Restore(object input) => DeserializedObject.Restore(input);

    /// <summary>Adds an object; false if this cmdlet cannot use it.</summary>
    private protected abstract bool TryTake(object value);

    /// <summary>Writes the objects that were added, for a file that is replaced as a whole.</summary>
    private protected virtual void WriteFile(TextWriter writer)
    {
    }

    private protected override void Write(FlexLmFeature feature) => hasContent |= TryTake(feature);

    private protected override void Take(FlexLmServerStatus server) => hasContent |= TryTake(server);
}
