using System.Net.Sockets;
using Npgsql;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>A short code for a fault of the database, for the log: no message, which could quote a value.</summary>
internal static class FaultCode
{
    public static string Of(Exception fault) => fault switch
    {
        PostgresException postgres => postgres.SqlState,
        SocketException socket => socket.SocketErrorCode.ToString(),
        { InnerException: { } inner } => Of(inner),
        _ => fault.GetType().Name,
    };
}
