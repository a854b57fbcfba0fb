using System.Text;
using BenchmarkDotNet.Attributes;
using PSLabNet.Benchmarks.Measuring;
using PSLabNet.IcePap.Details;

namespace PSLabNet.Benchmarks.IcePap;

/// <summary>Reading what a controller answers over TCP: a value, and the longest known answer.</summary>
[MemoryDiagnoser]
[Throughput(1e-6, "million answers/s")]
public class AnswerBenchmarks
{
    private readonly byte[] value = Encoding.ASCII.GetBytes("?SYSSTAT 0x8001\r\n");
    private readonly byte[] block = Encoding.ASCII.GetBytes(
        "?VER $\r\nSYSTEM       :  3.17 : Tue Feb 16 10:57:37 2016\r\n   CONTROLLER:  3.17\r\n      DSP    :  3.67 : Mon Dec 14 13:22:03 2015\r\n      FPGA   :  1.00 : Tue Jan 21 19:33:00 2014\r\n      PCB    :  1.00\r\n      MCPU0  :  1.19\r\n      MCPU1  :  1.19\r\n      MCPU2  :  1.125\r\n   DRIVER    :  3.17\r\n$\r\n");

    /// <summary>One line with a mask.</summary>
    [Benchmark(Baseline = true, Description = "racks")]
    public int Racks() => ControllerValues.Racks(new ControllerAnswerReader(ControllerProtocol.SystemStatus).Read(value, value.Length)!)!.Count;

    /// <summary>Eleven lines.</summary>
    [Benchmark(Description = "versions of all boards")]
    public string? Firmware() => ControllerValues.Firmware(new ControllerAnswerReader(ControllerProtocol.Version).Read(block, block.Length)!);
}
