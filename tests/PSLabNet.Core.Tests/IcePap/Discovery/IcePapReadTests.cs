using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using PSLabNet.IcePap;
using PSLabNet.IcePap.Discovery;
using PSLabNet.IcePap.Protocol;
using Xunit;

namespace PSLabNet.Tests.IcePap.Discovery;

[Collection(OneAtATime.Name)]
public sealed class IcePapReadTests
{
    private readonly MacAddress address = Devices.RandomAddress();

    private byte[] Now => RawPacket.Configuration(address, RawPacket.Settings(address, "now", 222));

    private IcePapDevice Before => Devices.Answered(address, IcePapConfiguration.ReadFrom(RawPacket.Settings(address, "before", 222), 0));

    [Fact]
    public async Task A_device_is_read_again_with_one_question_to_it_alone()
    {
        var questions = new ConcurrentQueue<IcePapPacket>();
        await using var device = new RawDevice(address, packet =>
        {
            questions.Enqueue(packet);
            return [Now];
        });
        using var controller = new Controller();
        IcePapDevice now = await controller.Client.ReadAsync(Before, Controller.Long, TestContext.Current.CancellationToken);
        Assert.Equal("now", now.Hostname);
        Assert.Equal([(MacAddress?)address], questions.Select(question => question.Destination));
    }

    [Fact]
    public async Task A_device_that_answers_only_questions_to_the_group_is_read_all_the_same()
    {
        await using var device = new RawDevice(address, packet => packet.IsBroadcast ? [Now] : []);
        using var controller = new Controller();
        Assert.Equal("now", (await controller.Client.ReadAsync(Before, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).Hostname);
    }

    [Fact]
    public async Task A_device_that_does_not_answer_any_more_is_not_found()
    {
        using var controller = new Controller();
        var error = await Assert.ThrowsAsync<IcePapNotFoundException>(() => controller.Client.ReadAsync(Before, TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken));
        Assert.Equal(address, error.Device);
        Assert.Equal(IcePapSession.MaxReadAttempts, controller.Sent.Count);
    }

    [Fact]
    public async Task Two_answers_with_one_MAC_address_and_different_settings_are_two_devices()
    {
        MacAddress other = Devices.RandomAddress();
        await using var device = new RawDevice(address, _ => [Now, RawPacket.Configuration(address, RawPacket.Settings(address, "twin", 223)), RawPacket.Configuration(other, RawPacket.Settings(other, "alone", 1))]);
        using var controller = new Controller();
        DeviceInventory inventory = await controller.Client.DiscoverAsync(new IcePapTiming(TimeSpan.FromSeconds(5), 0), _ => { }, () => true, TestContext.Current.CancellationToken);
        await controller.Client.AddLateAnswersAsync(inventory, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var error = Assert.Throws<IcePapDuplicateDeviceException>(() => inventory.ThrowIfDuplicate(address));
        Assert.Equal(["now", "twin"], error.Answers.Select(answer => answer.Hostname));
        inventory.ThrowIfDuplicate(other);
    }
}
