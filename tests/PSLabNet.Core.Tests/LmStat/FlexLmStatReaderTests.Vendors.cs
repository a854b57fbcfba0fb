using System;
using System.IO;
using System.Linq;
using PSLabNet.FlexLm;
using PSLabNet.FlexLm.LmStat;
using Xunit;

namespace PSLabNet.Tests.LmStat;

public sealed partial class FlexLmStatReaderTests
{
    [Fact]
    public void The_vendor_is_not_guessed_if_there_are_several()
    {
        FlexLmSnapshot snapshot = Read(Head.Replace("   vend: UP v11.19.6", "   vend: UP v11.19.6\n   other: UP v11.19.6", StringComparison.Ordinal)
            + "Users of f:  (Total of 9 licenses issued;  Total of 0 licenses in use)\n")!;

        Assert.Equal(string.Empty, Assert.Single(snapshot.Features).Vendor);
        Assert.Equal(["vend", "other"], snapshot.Vendors.Select(vendor => vendor.Name));
    }

    [Fact]
    public void A_vendor_daemon_may_stand_below_the_features_of_another()
    {
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(Head + """
            Users of fa:  (Total of 3 licenses issued;  Total of 0 licenses in use)

                 other: Cannot connect to license server system. (-15,570:111 "Connection refused")
            Feature usage info:

            Users of fb:  (Total of 3 licenses issued;  Total of 0 licenses in use)

                 third: UP
                   v11.16.2
            Feature usage info:

            Users of fa:  (Total of 5 licenses issued;  Total of 0 licenses in use)
            """), Options));

        Assert.Empty(snapshot.Unparsed);
        Assert.Equal(["vend Up 11.19.6", "other Down ", "third Up 11.16.2"], snapshot.Vendors.Select(vendor => $"{vendor.Name} {vendor.Status} {vendor.Version}"));
        Assert.Equal(["fa vend", "fb other", "fa third"], snapshot.Features.Select(feature => $"{feature.Name} {feature.Vendor}"));
        Assert.Equal(FlexLmState.Degraded, Assert.Single(snapshot.Servers).Status);
    }

    [Fact]
    public void A_word_with_an_error_below_a_feature_is_no_vendor_daemon_if_it_is_no_name()
    {
        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(Head + """
            Users of fa:  (Total of 3 licenses issued;  Total of 0 licenses in use)

            Error: Cannot read data from license server system. (-16,287)
            """), Options));

        Assert.Equal("vend", Assert.Single(snapshot.Vendors).Name);
        Assert.Single(snapshot.Unparsed);
    }

    [Fact]
    public void A_name_that_each_of_two_daemons_serves_is_theirs_in_their_order()
    {
        string text = Head.Replace("vend: UP v11.19.6", "vend: UP v11.19.6\n   other: UP v11.19.6", StringComparison.Ordinal) + """
            Users of f:  (Total of 3 licenses issued;  Total of 0 licenses in use)
            Users of f:  (Total of 5 licenses issued;  Total of 0 licenses in use)
            Users of g:  (Total of 7 licenses issued;  Total of 0 licenses in use)
            """;

        FlexLmSnapshot snapshot = Assert.Single(FlexLmStatReader.Read(new StringReader(text), Options));

        Assert.Equal([("vend", 3), ("other", 5), ("", 7)], snapshot.Features.Select(feature => (feature.Vendor, feature.Issued!.Value)));
    }
}
