using KbAlbertStream.Demo.Reporting;

namespace KbAlbertStream.Demo.View;

/// <summary>Shows how a replay gets on: in a terminal as a picture that changes, elsewhere as lines.</summary>
internal interface IProgressView
{
    /// <summary>One line about what is being started or waited for.</summary>
    void Say(string line);

    /// <summary>Shows the state of the replay until <paramref name="work"/> ends.</summary>
    Task<T> WhileAsync<T>(Func<Action<ReplayProgress>, Task<T>> work);
}
