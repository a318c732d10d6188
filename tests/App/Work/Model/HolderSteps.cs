using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;

namespace Agents.Tests.App.Work.Model;

/// <summary>Steps of those who work. Null: there is nobody just now who could do it.</summary>
internal sealed class HolderSteps(World world)
{
    private static readonly (string? Kind, bool? Retryable)[] Errors =
    [
        (null, null), (null, true), (TaskErrorKind.Crashed, null), (TaskErrorKind.Crashed, null), (TaskErrorKind.Crashed, false), (TaskErrorKind.Quota, true),
        (TaskErrorKind.Auth, null), (TaskErrorKind.Refused, null), (TaskErrorKind.Refused, null), (TaskErrorKind.Canceled, null),
    ];

    private int _reports;

    public Task<ModelTask?> AcceptAsync() => WithAsync(piece => piece.Stage is PieceStage.Offered, AcceptAsync);

    /// <summary>Again, or what is long over.</summary>
    public Task<ModelTask?> AcceptOldAsync() => WithAsync(
        piece => piece.Stage is PieceStage.Working or PieceStage.Over && (!piece.Task.HasEnded || world.Random.Next(4) == 0), AcceptAsync);

    public Task<ModelTask?> ProgressAsync() => WithAsync(piece => piece.Stage is PieceStage.Working, piece => SayAsync(piece, ++piece.Seq));

    public Task<ModelTask?> ProgressAgainAsync() => WithAsync(piece => piece is { Stage: PieceStage.Working, Seq: > 0 }, piece => SayAsync(piece, piece.Seq));

    public Task<ModelTask?> ResultAsync() => WithAsync(piece => piece.Stage is PieceStage.Working, piece => ReportAsync(piece, Result()));

    /// <summary>Nobody accepted it; or it was told to stop, and is done.</summary>
    public Task<ModelTask?> SuddenResultAsync() => WithAsync(piece => piece.Stage is PieceStage.Offered || piece.IsToStop, piece => ReportAsync(piece, Result()));

    public Task<ModelTask?> ResultAgainAsync() => WithAsync(piece => piece.Reports.Count > 0, piece => ReportAsync(piece, piece.Reports[0]));

    /// <summary>Of an attempt that its holder had given up, or ended otherwise.</summary>
    public Task<ModelTask?> LateResultAsync() => WithAsync(piece => piece.Stage is PieceStage.Over, piece => ReportAsync(piece, Result()));

    public Task<ModelTask?> ErrorAsync() => WithAsync(piece => piece.Stage is PieceStage.Working || (piece.Stage is PieceStage.Offered && world.Random.Next(3) == 0), piece =>
    {
        var (kind, retryable) = world.Any(Errors);
        return ReportAsync(piece, new($"error {++_reports}", IsResult: false, kind, retryable));
    });

    public Task<ModelTask?> StopAsync() => WithAsync(piece => piece.IsToStop, ObeyAsync);

    public Task ObeyAsync(Piece piece) => ReportAsync(piece, new($"stopped {++_reports}", IsResult: false, TaskErrorKind.Canceled));

    public async Task AcceptAsync(Piece piece)
    {
        world.Story.Tell(piece.Task, $"{piece} is accepted");
        piece.Accept(World.Now);
        await piece.Holder.SayAsync(FrameType.TaskAccept, new { task_id = piece.Task.Id, attempt = piece.Attempt });
    }

    public Report Result() => new($"result {++_reports}", IsResult: true);

    public async Task ReportAsync(Piece piece, Report report)
    {
        world.Story.Tell(piece.Task, $"{piece} ends by {report}");
        await piece.Holder.ReportAsync(piece, report);
    }

    private async Task SayAsync(Piece piece, int seq)
    {
        world.Story.Tell(piece.Task, $"{piece} says {seq}");
        var isText = world.Random.Next(2) == 0;
        await piece.Holder.SayAsync(FrameType.TaskProgress, new
        {
            task_id = piece.Task.Id,
            attempt = piece.Attempt,
            seq,
            kind = isText ? "text" : "status",
            data = isText ? ProgressRule.Mark(seq) : (object)new { at = ProgressRule.Mark(seq) },
        });
    }

    private async Task<ModelTask?> WithAsync(Func<Piece, bool> isOne, Func<Piece, Task> step)
    {
        var pieces = world.Pieces.Where(piece => piece.Holder.Speaks && isOne(piece)).TakeLast(30).ToList();
        if (pieces.Count == 0)
        {
            return null;
        }

        var piece = world.Any(pieces);
        await step(piece);
        return piece.Task;
    }
}
