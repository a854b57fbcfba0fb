using System;
using PSLabNet.Fuzz;

FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args);
}
catch (Exception exception) when (exception is FormatException or OverflowException)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}

try
{
    return options switch
    {
        { IsSelfTest: true } => SelfTest.Run(),
        { Reproduce: not null } => Reproduction.Run(options.Reproduce),
        _ => new Campaign(options).Run(),
    };
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
