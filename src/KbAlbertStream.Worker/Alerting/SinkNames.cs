namespace KbAlbertStream.Worker.Alerting;

/// <summary>Who is to be told of an alert: written with the alert, so that a sink added later is told of later ones.</summary>
internal sealed record SinkNames(IReadOnlyList<string> Names);
