using System.CommandLine;
using System.Threading.Tasks;
using PSLabNet.Fuzz;
using PSLabNet.Lab;

var root = new RootCommand("Feeds every parser of bytes from outside, and the writers of metrics and reports, with spoiled inputs.");
root.Runs<FuzzOptions>((options, _) => Task.FromResult(options switch
{
    { SelfTest: true } => SelfTest.Run(),
    { Reproduce: { } input } => Reproduction.Run(input),
    _ => new Campaign(options).Run(),
}));
return await root.RunAsync(args);
