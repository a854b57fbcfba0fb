namespace PSLabNet.Fuzz;

/// <summary>What is broken on purpose.</summary>
internal enum PlantedFault
{
    None,
    Throws,
    ReadsPastEnd,
    Allocates,
    IsSlow,
    WritesAnother,
    ShowsControl,
    Hangs,
}
