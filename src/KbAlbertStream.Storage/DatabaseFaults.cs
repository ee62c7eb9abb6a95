using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Npgsql;

namespace KbAlbertStream.Storage;

/// <summary>Sorts exceptions of reads and writes by what to do about them.</summary>
public static class DatabaseFaults
{
    /// <summary>
    /// The class of an exception, judged by the first one in the chain of inner exceptions that says something.
    /// Cancellation is no fault: ask about it before.
    /// </summary>
    public static DatabaseFault Classify(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case PostgresException postgres:
                    return Classify(postgres);
                case EncoderFallbackException:
                    return DatabaseFault.BadData;
                case NpgsqlException { IsTransient: true } or TimeoutException or SocketException or IOException:
                    return DatabaseFault.Transient;

                // No TLS, a certificate that is not trusted or has expired, no password given: the operator repairs these
                // while the worker waits. The driver's own faults have types of their own.
                case AuthenticationException:
                case NpgsqlException { InnerException: null } when e.GetType() == typeof(NpgsqlException):
                    return DatabaseFault.Transient;
            }
        }

        return DatabaseFault.Bug;
    }

    private static DatabaseFault Classify(PostgresException e) => e.SqlState switch
    {
        // A missing month has the code of a failed CHECK but names no constraint; the writer makes it on the next try.
        PostgresErrorCodes.CheckViolation when e.ConstraintName is null => DatabaseFault.Transient,

        // 42P01, 42883, 42703, 3F000: not migrated yet. 3D000, 28xxx, 42501: no such database, wrong password, no
        // right; the operator repairs these while the worker waits. 25006: a standby, during fail-over.
        "42P01" or "42883" or "42703" or "3F000" or "3D000" or "42501" or "25006" => DatabaseFault.Transient,

        // 57014: statement timeout or cancelled. 57P0x: shutting down. 55006, 55P03: object in use, lock timeout.
        "57014" or "55006" or "55P03" => DatabaseFault.Transient,

        // The server ended the session, or would not begin one: what ails it is no statement of ours. With a full disk even
        // a new session fails, with XX000: could not write init file.
        _ when e.InvariantSeverity is "FATAL" or "PANIC" => DatabaseFault.Transient,

        // Connection, authorization, rollback (deadlock, serialization), resources, operator, system error.
        [var a, var b, ..] when (a, b) is ('0', '8') or ('2', '8') or ('4', '0') or ('5', '3') or ('5', '8') =>
            DatabaseFault.Transient,
        ['5', '7', 'P', ..] => DatabaseFault.Transient,

        // Data exception, integrity constraint, program limit (a value too large for an index).
        [var a, var b, ..] when (a, b) is ('2', '2') or ('2', '3') or ('5', '4') => DatabaseFault.BadData,

        _ => e.IsTransient ? DatabaseFault.Transient : DatabaseFault.Bug,
    };
}
