using System;
using System.Management.Automation;
using PSLabNet.FlexLm;

namespace PSLabNet.Parameters;

/// <summary>Features and server statuses only: anything else in the pipeline is a mistake, not nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateFlexLmObjectAttribute : ValidateEnumeratedArgumentsAttribute
{
    protected override void ValidateElement(object element)
    {
        object value = (element as PSObject)?.BaseObject ?? element;
        if (value is not (FlexLmFeature or FlexLmServerStatus))
        {
            throw new ValidationMetadataException($"{value.GetType()} is neither a FlexLmFeature nor a FlexLmServerStatus: Get-FlexLmFeature and Get-FlexLmStatus give these.");
        }
    }
}
