using System.Runtime.InteropServices;
using Agents.Bench;
using Agents.Bench.Devices;
using Agents.Bench.FanOut;
using Agents.Bench.Long;
using Agents.Bench.Metrics;
using Agents.Bench.Requests;
using Agents.Bench.Tasks;

if (!BenchOptions.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}

#if DEBUG
Console.Error.WriteLine("This is a debug build, and its figures are no figures: dotnet run -c Release --project bench");
#endif

// A stop in the middle still takes the application down in order.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return options.What switch
    {
        BenchOptions.Help => Say(BenchOptions.HelpText),
        _ when !OperatingSystem.IsLinux() => throw new PlatformNotSupportedException("CPU times are read from /proc, which only Linux has."),
        BenchOptions.Devices => await DevicesBench.RunAsync(options, stop.Token),
        BenchOptions.Metrics => await MetricsBench.RunAsync(options, stop.Token),
        BenchOptions.FanOut => await FanOutBench.RunAsync(options, stop.Token),
        BenchOptions.Long => await LongBench.RunAsync(options, stop.Token),
        BenchOptions.Tasks => await TasksBench.RunAsync(options, stop.Token),
        _ => await RequestsBench.RunAsync(options, stop.Token),
    };
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}

static int Say(string text)
{
    Console.WriteLine(text);
    return 0;
}
