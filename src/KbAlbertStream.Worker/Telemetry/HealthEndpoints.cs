using KbAlbertStream.Worker.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KbAlbertStream.Worker.Telemetry;

/// <summary>
/// /healthz: is the process alive (503 when it got on too long ago: restart it). /readyz: does it have its servers (503
/// with what it waits for, which rights it is denied, or which partitions an operator must decide about: do not restart
/// it).
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Progress progress, ServiceOptions options)
    {
        routes.MapGet("/healthz", () =>
        {
            var age = progress.Age;
            var alive = age <= options.MaxProgressAge;
            return Results.Json(
                new
                {
                    status = alive ? "ok" : "stuck",
                    seconds_since_progress = Math.Round(age.TotalSeconds, 1),
                    waiting_for = progress.WaitingFor,
                },
                statusCode: alive ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
        routes.MapGet("/readyz", () => progress.WaitingFor is { } server
            ? Results.Json(
                new { status = "waiting", waiting_for = server }, statusCode: StatusCodes.Status503ServiceUnavailable)
            : progress.Denied is { Count: > 0 } denied
                ? Results.Json(new { status = "denied", denied }, statusCode: StatusCodes.Status503ServiceUnavailable)
                : progress.Refused is { Count: > 0 } refused
                ? Results.Json(
                    new { status = "refused", refused_partitions = refused },
                    statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Json(new { status = "ready" }));
    }
}
