using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Reflection;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Simulation.IcePap;
using Xunit;

namespace PSLabNet.Tests;

/// <summary>Names, types and defaults of parameters and properties are a contract: users' scripts depend on them.</summary>
public sealed class IcePapContractTests
{
    public static TheoryData<string, string, Type, bool> Parameters => new()
    {
        { "Find-IcePap", "Hostname", typeof(string[]), true },
        { "Find-IcePap", "MacAddress", typeof(MacAddress[]), true },
        { "Find-IcePap", "IPAddress", typeof(string[]), true },
        { "Find-IcePap", "Detail", typeof(SwitchParameter), false },
        { "Find-IcePap", "Interface", typeof(string[]), false },
        { "Find-IcePap", "TimeoutSeconds", typeof(double), false },
        { "Find-IcePap", "Retry", typeof(int), false },
        { "Set-IcePapNetwork", "MacAddress", typeof(MacAddress), true },
        { "Set-IcePapNetwork", "Hostname", typeof(string), true },
        { "Set-IcePapNetwork", "IPAddress", typeof(IPAddress), true },
        { "Set-IcePapNetwork", "Netmask", typeof(IPAddress), true },
        { "Set-IcePapNetwork", "PrefixLength", typeof(int?), true },
        { "Set-IcePapNetwork", "Gateway", typeof(IPAddress), true },
        { "Set-IcePapNetwork", "Broadcast", typeof(IPAddress), true },
        { "Set-IcePapNetwork", "Apply", typeof(IcePapApply), true },
        { "Set-IcePapNetwork", "FromDns", typeof(SwitchParameter), false },
        { "Set-IcePapNetwork", "Interface", typeof(string[]), false },
        { "Set-IcePapNetwork", "TimeoutSeconds", typeof(double), false },
        { "Set-IcePapNetwork", "Wait", typeof(SwitchParameter), false },
        { "Set-IcePapNetwork", "RebootSeconds", typeof(double), false },
        { "Set-IcePapNetwork", "InputObject", typeof(PSObject), false },
        { "Set-IcePapNetwork", "NoVerify", typeof(SwitchParameter), false },
        { "Set-IcePapNetwork", "Force", typeof(SwitchParameter), false },
        { "Set-IcePapNetwork", "PassThru", typeof(SwitchParameter), false },
        { "Test-IcePapNetwork", "Plan", typeof(PSObject[]), true },
        { "Test-IcePapNetwork", "Interface", typeof(string[]), false },
        { "Test-IcePapNetwork", "TimeoutSeconds", typeof(double), false },
        { "Test-IcePapNetwork", "Retry", typeof(int), false },
        { "Test-IcePapNetwork", "ProbeSeconds", typeof(double), false },
        { "Test-IcePapNetwork", "Quiet", typeof(SwitchParameter), false },
        { "Watch-IcePapTraffic", "Interface", typeof(string[]), false },
        { "Watch-IcePapTraffic", "MacAddress", typeof(MacAddress[]), false },
        { "Watch-IcePapTraffic", "Command", typeof(IcePapCommand[]), false },
        { "Watch-IcePapTraffic", "Count", typeof(int), false },
        { "Watch-IcePapTraffic", "DurationSeconds", typeof(double?), false },
        { "ConvertFrom-IcePapPacket", "Bytes", typeof(byte[]), true },
        { "ConvertFrom-IcePapPacket", "Hex", typeof(string[]), true },
        { "Start-IcePapSimulator", "Count", typeof(int), false },
        { "Start-IcePapSimulator", "MacAddress", typeof(MacAddress[]), false },
        { "Start-IcePapSimulator", "Hostname", typeof(string[]), false },
        { "Start-IcePapSimulator", "IPAddress", typeof(IPAddress[]), false },
        { "Start-IcePapSimulator", "Interface", typeof(string), false },
        { "Start-IcePapSimulator", "NoAcknowledge", typeof(SwitchParameter), false },
        { "Start-IcePapSimulator", "AcknowledgeCode", typeof(IcePapAcknowledgementCode), false },
        { "Start-IcePapSimulator", "RebootSeconds", typeof(double), false },
        { "Start-IcePapSimulator", "LossPercent", typeof(double), false },
        { "Start-IcePapSimulator", "LatencyMs", typeof(double), false },
        { "Start-IcePapSimulator", "Firmware", typeof(SimulatedFirmware), false },
        { "Get-IcePapSimulator", "Hostname", typeof(string[]), true },
        { "Get-IcePapSimulator", "MacAddress", typeof(MacAddress[]), true },
        { "Stop-IcePapSimulator", "MacAddress", typeof(MacAddress[]), true },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void The_parameter_has_its_type_and_binds_by_property_name(string cmdlet, string name, Type type, bool bindsByName)
    {
        PropertyInfo parameter = Assert.Single(Module.Parameters(Module.Cmdlet(cmdlet)), property => property.Name == name);
        Assert.Equal(type, parameter.PropertyType);
        Assert.Equal(bindsByName, Module.Argument(Module.AttributeOf<ParameterAttribute>(parameter), "ValueFromPipelineByPropertyName") is true);
    }

    [Fact]
    public void There_are_no_other_parameters() => Assert.Equal(
        Parameters.Select(row => $"{row.Data.Item1} {row.Data.Item2}").Order(),
        Module.Cmdlets.Where(cmdlet => Module.Name(cmdlet).Contains("IcePap", StringComparison.Ordinal))
            .SelectMany(cmdlet => Module.Parameters(cmdlet).Select(parameter => $"{Module.Name(cmdlet)} {parameter.Name}")).Order());

    [Theory]
    [InlineData("Find-IcePap", "TimeoutSeconds", 1.0)]
    [InlineData("Find-IcePap", "Retry", 1)]
    [InlineData("Set-IcePapNetwork", "TimeoutSeconds", 2.0)]
    [InlineData("Set-IcePapNetwork", "Apply", IcePapApply.Dynamic | IcePapApply.Flash)]
    [InlineData("Set-IcePapNetwork", "PrefixLength", null)]
    [InlineData("Start-IcePapSimulator", "Count", 1)]
    [InlineData("Start-IcePapSimulator", "RebootSeconds", 45.0)]
    [InlineData("Start-IcePapSimulator", "LossPercent", 0.0)]
    [InlineData("Start-IcePapSimulator", "LatencyMs", 0.0)]
    [InlineData("Start-IcePapSimulator", "AcknowledgeCode", IcePapAcknowledgementCode.OK)]
    [InlineData("Watch-IcePapTraffic", "DurationSeconds", null)]
    public void The_parameter_has_its_default(string cmdlet, string name, object? value)
    {
        object command = Activator.CreateInstance(Module.Cmdlet(cmdlet))!;
        Assert.Equal(value, command.GetType().GetProperty(name)!.GetValue(command));
    }

    [Theory]
    [InlineData("Find-IcePap", "Hostname", 0, false)]
    [InlineData("Set-IcePapNetwork", "MacAddress", 0, true)]
    [InlineData("ConvertFrom-IcePapPacket", "Hex", 0, true)]
    [InlineData("Start-IcePapSimulator", "Count", 0, false)]
    public void The_parameter_has_its_position_and_is_mandatory_if_required(string cmdlet, string name, int position, bool isMandatory)
    {
        CustomAttributeData? parameter = Module.AttributeOf<ParameterAttribute>(Module.Cmdlet(cmdlet).GetProperty(name)!);
        Assert.Equal((position, isMandatory), (Module.Argument(parameter, "Position"), Module.Argument(parameter, "Mandatory") is true));
    }

    [Theory]
    [InlineData(typeof(IcePapDevice), "Hostname,IPAddress,Netmask,PrefixLength,Gateway,Broadcast,MacAddress,DeviceId,Interface,LocalAddress,RemoteAddress,ResponseTime,DiscoveredAt,Firmware,SerialNumber,Racks,DriverCount")]
    [InlineData(typeof(IcePapNetworkState), "MacAddress,Hostname,IPAddress,Netmask,Gateway,Broadcast,State,Changes,Dns,Reverse,DuplicateOf,ForeignHost,GatewayAnswers,IsReachable,Problems,Device")]
    [InlineData(typeof(IcePapTraffic), "Time,Interface,RemoteAddress,IsValid,Error,Packet,Raw")]
    [InlineData(typeof(IcePapPacket), "Source,Destination,IsBroadcast,PacketNumber,Command,Payload,Checksum")]
    [InlineData(typeof(SimulatedIcePap), "MacAddress,Hostname,IPAddress,State,CrashCount")]
    public void The_output_has_its_properties(Type type, string properties)
    {
        IEnumerable<string> present = type.GetProperties().Select(property => property.Name);
        Assert.Empty(properties.Split(',').Except(present));
    }

    [Fact]
    public void A_whole_device_binds_to_the_settings_by_the_names_of_its_properties()
    {
        IEnumerable<string> settings = Parameters.Where(row => row.Data.Item1 == "Set-IcePapNetwork" && row.Data.Item4).Select(row => row.Data.Item2);
        Assert.Equal(["Apply"], settings.Except(typeof(IcePapDevice).GetProperties().Select(property => property.Name)));
    }
}
