using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Protocol;
using PSLabNet.Simulation.IcePap;
using Xunit;

namespace PSLabNet.Tests;

public sealed class FormatFileTests
{
    private const int ScreenWidth = 80;

    // What a column of names has on a screen of 80 columns.
    private const int LeastForNames = 12;

    private static readonly XDocument Formats = XDocument.Load(Path.Combine(Module.Bin, "PSLabNet.Format.ps1xml"));

    public static TheoryData<string> ViewedTypes => [.. Formats.Descendants("ViewSelectedBy").Select(view => view.Elements("TypeName").First().Value).Distinct()];

    [Theory]
    [MemberData(nameof(ViewedTypes))]
    public void The_type_exists_and_looks_the_same_after_remoting(string name)
    {
        Assert.NotNull(TypeOf(name));
        Assert.All(Views(name), view => Assert.Equal([name, "Deserialized." + name], view.Element("ViewSelectedBy")!.Elements("TypeName").Select(type => type.Value)));
    }

    // Behind a number sign stands which objects of the type have another view.
    private static Type? TypeOf(string name) => Module.FindType(name.Split('#')[0]);

    [Theory]
    [MemberData(nameof(ViewedTypes))]
    public void Every_property_that_is_named_exists(string name)
    {
        HashSet<string> present = [.. TypeOf(name)!.GetProperties().Select(property => property.Name)];
        IEnumerable<string> named = Views(name).Descendants("PropertyName").Select(property => property.Value)
            .Concat(Views(name).Descendants("ScriptBlock").SelectMany(script => Regex.Matches(script.Value, @"\$_\.(\w+)").Select(match => match.Groups[1].Value)));
        Assert.All(named, property => Assert.Contains(property, present));
    }

    [Theory]
    [MemberData(nameof(ViewedTypes))]
    public void The_table_fits_the_screen_with_room_for_names_and_has_a_cell_for_each_header(string name)
    {
        foreach (XElement table in Views(name).Elements("TableControl"))
        {
            List<XElement> headers = [.. table.Descendants("TableColumnHeader")];
            Assert.All(headers, header => Assert.True(Width(header) >= ((string?)header.Element("Label") ?? "").Length, header.ToString()));
            Assert.InRange(headers.Sum(Width) + headers.Count - 1, 1, ScreenWidth);
            Assert.All(table.Descendants("TableColumnItems"), row => Assert.Equal(headers.Count, row.Elements("TableColumnItem").Count()));
        }
    }

    // Without a width there, PowerShell holds rows back until it has measured several, and a watch shows nothing meanwhile.
    [Theory]
    [MemberData(nameof(ViewedTypes))]
    public void The_first_column_of_a_table_has_a_width(string name) =>
        Assert.All(Views(name).Elements("TableControl"), table => Assert.NotNull(table.Descendants("TableColumnHeader").First().Element("Width")));

    // Names share what the window has left, so they are cut only where it has no room. A width would cut them in every window.
    [Theory]
    [InlineData("Hostname")]
    [InlineData("Interface")]
    [InlineData("Server")]
    [InlineData("Servers")]
    [InlineData("Vendors")]
    [InlineData("Feature")]
    [InlineData("User@Host")]
    public void A_column_of_names_has_no_width(string label)
    {
        List<XElement> headers = [.. Formats.Descendants("TableColumnHeader").Where(header => (string?)header.Element("Label") == label)];
        Assert.NotEmpty(headers);
        Assert.All(headers, header => Assert.Null(header.Element("Width")));
    }

    [Theory]
    [MemberData(nameof(ViewedTypes))]
    public void The_table_comes_before_the_list_and_so_is_the_default(string name) =>
        Assert.NotNull(Views(name).First().Element("TableControl"));

    [Theory]
    [InlineData(typeof(IcePapDevice))]
    [InlineData(typeof(IcePapTraffic))]
    [InlineData(typeof(IcePapPacket))]
    [InlineData(typeof(SimulatedIcePap))]
    public void The_list_shows_everything(Type type)
    {
        IEnumerable<string> shown = Views(type.FullName!).Elements("ListControl").Descendants("ListItem")
            .Select(item => (string?)item.Element("PropertyName") ?? (string)item.Element("Label")!);
        Assert.Equal(type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Order(), shown.Order());
    }

    [Fact]
    public void The_table_of_devices_has_the_most_important_columns() => Assert.Equal(
        ["IPAddress", "MacAddress", "Gateway", "Hostname", "Interface"],
        Views(typeof(IcePapDevice).FullName!).Elements("TableControl").Descendants("TableColumnHeader").Select(header => header.Element("Label")!.Value));

    [Fact]
    public void The_types_file_extends_types_that_exist() => Assert.All(
        XDocument.Load(Path.Combine(Module.Bin, "PSLabNet.Types.ps1xml")).Descendants("Type"),
        type => Assert.NotNull(Module.FindType(type.Element("Name")!.Value.Replace("Deserialized.", string.Empty, StringComparison.Ordinal))));

    private static IEnumerable<XElement> Views(string type) =>
        Formats.Descendants("View").Where(view => view.Descendants("TypeName").Any(name => name.Value == type));

    private static int Width(XElement header) => (int?)header.Element("Width") ?? LeastForNames;
}
