using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.IcePap.Discovery;
using Xunit;

namespace PSLabNet.Tests.IcePap.Discovery;

public sealed class IcePapLossTests
{
    private static readonly MacAddress[] Devices = [.. Enumerable.Range(1, 100).Select(number => new MacAddress([2, 0, 0, 0, 0, (byte)number]))];

    [Fact]
    public void Without_loss_the_request_is_repeated_as_often_as_requested()
    {
        Assert.Equal(3, After([1, 1, 1], wanted: 3));
    }

    [Fact]
    public void With_half_of_the_answers_lost_the_request_is_repeated_more_often()
    {
        // One half to the power of 17 is less than one in a hundred thousand.
        Assert.Equal(17, After([1, 0.5, 0.5, 0.5], wanted: 5));
    }

    [Fact]
    public void With_everything_lost_the_request_is_repeated_at_most_four_times_as_often()
    {
        Assert.Equal(20, After([1, 0, 0, 0, 0], wanted: 5));
    }

    [Fact]
    public void Without_requested_repetitions_there_are_none()
    {
        Assert.Equal(0, After([1, 0.5], wanted: 0));
    }

    [Fact]
    public void An_answer_that_is_still_on_its_way_is_not_a_loss()
    {
        var loss = new IcePapLoss();
        loss.Ask();
        Array.ForEach(Devices, loss.Answer);
        loss.Ask();

        Assert.Equal(2, loss.Repetitions(2));
    }

    // The given share of the devices answers each request. The last request is still open.
    private static int After(IEnumerable<double> shares, int wanted)
    {
        var loss = new IcePapLoss();
        foreach (double share in shares)
        {
            loss.Ask();
            foreach (MacAddress device in Devices.Take((int)(share * Devices.Length)))
            {
                loss.Answer(device);
            }
        }

        loss.Ask();
        return loss.Repetitions(wanted);
    }
}
