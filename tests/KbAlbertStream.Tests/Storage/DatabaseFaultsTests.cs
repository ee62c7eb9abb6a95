using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using KbAlbertStream.Storage;
using Npgsql;

namespace KbAlbertStream.Tests.Storage;

public sealed class DatabaseFaultsTests
{
    [Theory]
    [InlineData("08006")] // connection failure
    [InlineData("25006")] // read-only: a standby, during fail-over
    [InlineData("28P01")] // wrong password: someone will put it right
    [InlineData("3D000")] // no such database yet
    [InlineData("40001")] // serialization failure
    [InlineData("40P01")] // deadlock
    [InlineData("42501")] // no right yet
    [InlineData("42703")] // column of a later schema
    [InlineData("42883")] // function of a later schema
    [InlineData("42P01")] // not migrated yet
    [InlineData("53100")] // disk full
    [InlineData("53300")] // too many connections
    [InlineData("55P03")] // lock timeout
    [InlineData("57014")] // statement timeout
    [InlineData("57P01")] // admin shutdown
    [InlineData("57P03")] // starting up
    [InlineData("58030")] // I/O error
    [InlineData("23514")] // no partition for a row: no constraint is named
    public void Waiting_may_help(string sqlState) =>
        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(Error(sqlState)));

    [Theory]
    [InlineData("22021")] // character not in repertoire
    [InlineData("22P05")] // untranslatable character
    [InlineData("22008")] // datetime overflow
    [InlineData("23502")] // not null
    [InlineData("54000")] // larger than an index takes
    public void The_content_is_refused(string sqlState) =>
        Assert.Equal(DatabaseFault.BadData, DatabaseFaults.Classify(Error(sqlState)));

    [Theory]
    [InlineData("42601")] // syntax error
    [InlineData("42804")] // type mismatch
    [InlineData("0A000")] // not supported
    public void Our_own_mistake_is_a_bug(string sqlState) =>
        Assert.Equal(DatabaseFault.Bug, DatabaseFaults.Classify(Error(sqlState)));

    [Fact]
    public void Whatever_ended_the_session_is_waited_for()
    {
        var fatal = new PostgresException("could not write init file", "FATAL", "FATAL", "XX000");

        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(fatal));
        Assert.Equal(DatabaseFault.Bug, DatabaseFaults.Classify(
            new PostgresException("cache lookup failed", "ERROR", "ERROR", "XX000")));
    }

    [Fact]
    public void A_failed_check_that_has_a_name_is_bad_data() =>
        Assert.Equal(DatabaseFault.BadData, DatabaseFaults.Classify(Error("23514", "scored_events_check")));

    [Fact]
    public void A_certificate_that_is_not_accepted_and_a_server_without_tls_are_waited_for()
    {
        var refused = new NpgsqlException("handshake", new AuthenticationException("not trusted"));

        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(refused));
        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(new NpgsqlException("SSL connection requested")));
        Assert.Equal(DatabaseFault.Bug, DatabaseFaults.Classify(
            new NpgsqlException("nobody knows", new InvalidOperationException("what this is"))));
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_waited_for()
    {
        var refused = new NpgsqlException("failed to connect", new SocketException((int)SocketError.ConnectionRefused));

        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(refused));
        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(new TimeoutException()));
        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(
            new InvalidOperationException("wrapped", new IOException("broken pipe"))));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_bad_data() =>
        Assert.Equal(DatabaseFault.BadData, DatabaseFaults.Classify(
            Assert.Throws<EncoderFallbackException>(() => new UTF8Encoding(false, true).GetBytes("\ud83d"))));

    [Fact]
    public void Anything_else_is_a_bug() =>
        Assert.Equal(DatabaseFault.Bug, DatabaseFaults.Classify(new InvalidOperationException()));

    private static PostgresException Error(string sqlState, string? constraint = null) =>
        new("message", "ERROR", "ERROR", sqlState, constraintName: constraint);
}
