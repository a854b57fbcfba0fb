namespace PSLabNet.Fuzz;

/// <summary>A fault that is introduced on purpose.</summary>
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
