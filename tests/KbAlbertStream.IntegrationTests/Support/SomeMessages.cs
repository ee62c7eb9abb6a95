using System.Text.Json;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Valid messages.</summary>
internal static class SomeMessages
{
    public static string News(string id, string title = "은행권 금리 인하", string body = "기준금리가 내렸다.") =>
        JsonSerializer.Serialize(new
        {
            id,
            publisher = "한국경제",
            title,
            body,
            published_at = "2026-03-02T09:00:00+09:00",
        });

    public static string Complaint(string id, string text = "대출 상담이 늦어요.", string? institution = null) =>
        JsonSerializer.Serialize(new
        {
            id,
            channel = "app",
            institution,
            text,
            received_at = "2026-03-02T09:00:00+09:00",
        });
}
