namespace PSLabNet.IcePap;

/// <summary>How a device compares with the plan of its network.</summary>
public enum IcePapPlanState
{
    /// <summary>It answered, and has the planned settings.</summary>
    AsPlanned,

    /// <summary>It answered, and has other settings.</summary>
    Different,

    /// <summary>It is planned, and did not answer.</summary>
    Missing,

    /// <summary>It answered, and is not planned.</summary>
    Unplanned,

    /// <summary>It can't work as it is, or as it is planned: another device or machine has its address or its name, or the plan is not valid.</summary>
    Conflict,
}
