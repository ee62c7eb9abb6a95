namespace KbAlbertStream.Worker.Alerting;

/// <summary>A receiver did not take an alert.</summary>
/// <param name="errorClass">A short class: <c>http_503</c>, <c>timeout</c>, <c>connection</c>. Never a receiver's words.</param>
internal sealed class AlertSinkException(string errorClass) : Exception($"The alert was not taken: {errorClass}.")
{
    /// <summary>The class, for rows and metrics.</summary>
    public string ErrorClass { get; } = errorClass;
}
