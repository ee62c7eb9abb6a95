namespace KbAlbertStream.Demo.Samples;

/// <summary>Records that can become no row, one for each kind of fault a sender makes; some hold personal numbers.</summary>
internal static class BadRecords
{
    /// <summary>The lines, spread over the days of a stream.</summary>
    public static IEnumerable<SampleLine> Make(SampleOptions options, PersonalNumbers personal)
    {
        string[] lines =
        [
            """{"kind":"news","value":{"id":"bad-1","publisher":"한들일보","title":"때를 적지 않은 기사"}}""",
            $$$"""{"kind":"complaint","value":{"id":"bad-2","channel":"app","customer_ref":"{{{personal.Make("phone")}}}","text":["글이 아니다"],"received_at":"TIME"}}""",
            """{"kind":"news","value":{"id":"bad-3","publisher":"새벽경제","title":"때가 글인 기사","published_at":"어제 오후"}}""",
            """{"kind":"complaint","value":{"id":"bad-4","channel":"web","text":"끊긴 \u0000 글","received_at":"TIME"}}""",
            """{"kind":"complaint","value":{"id":"bad-5","channel":"web","text":"반쪽 글자 \ud83d","received_at":"TIME"}}""",
            """{"kind":"news","value":{"id":"bad-6","publisher":"나루신문","title":"먼 옛날 기사","published_at":"1997-11-21T09:00:00+09:00"}}""",
            """{"kind":"news","value":["목록","이지","메시지가","아니다"]}""",
            $$$"""{"kind":"complaint","value":{"id":"bad-8","channel":"email","text":"주민번호 {{{personal.Make("rrn")}}} 까지 적고 잘린 글""",
            """{"kind":"fax","value":{"id":"bad-9","text":"모르는 종류"}}""",
        ];
        return lines.Select((line, i) =>
        {
            var at = DayTimes.At(options.From.AddDays((i + 1) * options.Days / (lines.Length + 1)), 12.5);
            return new SampleLine(at, line.Replace("TIME", LineWriter.Time(at), StringComparison.Ordinal));
        });
    }
}
