namespace KbAlbertStream.Worker;

/// <summary>How the process ends. Everything but <see cref="Done"/> is a failure that the caller can tell apart.</summary>
public enum ExitCode
{
    /// <summary>The work was done, or the service was asked to stop and stopped in order.</summary>
    Done = 0,

    /// <summary>An exception that nobody expected: a bug. The log holds it.</summary>
    Unexpected = 1,

    /// <summary>The command line or the configuration is wrong; every error was listed.</summary>
    WrongConfiguration = 2,

    /// <summary><c>check</c> found something that would keep the service from working.</summary>
    CheckFailed = 3,

    /// <summary>The model bundle or the institution dictionary cannot be used; the reason was printed.</summary>
    UnusableModel = 4,

    /// <summary>The Kafka client reported an error it cannot recover from.</summary>
    KafkaFatal = 5,

    /// <summary><c>migrate</c> could not bring the schema up to date.</summary>
    MigrationFailed = 6,

    /// <summary>Work in flight did not finish within the time for shutting down; nothing is lost, it is read again.</summary>
    ShutdownCutShort = 7,

    /// <summary>A verb needed a server that refused or did not answer; what was said about it was printed.</summary>
    ServerFault = 8,

    /// <summary>A verb asked whether to go on, and nobody said yes. Nothing was done.</summary>
    NotConfirmed = 9,

    /// <summary>A part of what a verb was asked for could not be done; its output says which.</summary>
    Incomplete = 10,
}
