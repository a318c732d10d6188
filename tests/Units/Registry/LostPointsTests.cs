using System.Diagnostics.Metrics;
using Agents.Registry.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Tests.Units.Registry;

public sealed class LostPointsTests
{
    [Fact]
    public void Add_AgainAndAgain_CountsAllAndSaysSoOnceAnHour()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        long counted = 0;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted += tags[0].Value is LostPoints.Series ? value : 0);
        var (time, lines) = (new ManualTimeProvider(), new Lines());
        var lost = new LostPoints(meters, time, lines);
        listener.Start();

        lost.Add("d1", LostPoints.Series, 3);
        lost.Add("d1", LostPoints.Series, 4);
        lost.Add("d2", LostPoints.Series, 5);
        time.Advance(TimeSpan.FromHours(1));
        lost.Add("d1", LostPoints.Series, 6);

        Assert.Equal(18, counted);
        Assert.Equal(["3 points of device 'd1'", "5 points of device 'd2'", "10 points of device 'd1'"], lines.Select(line => line[..line.IndexOf(" were", StringComparison.Ordinal)]));
    }

    private sealed class Lines : List<string>, ILogger<LostPoints>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}
