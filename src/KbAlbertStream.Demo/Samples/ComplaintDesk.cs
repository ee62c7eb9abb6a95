using System.Globalization;
using KbAlbertStream.Core.Entities;

namespace KbAlbertStream.Demo.Samples;

/// <summary>Makes complaints out of templates.</summary>
internal sealed class ComplaintDesk(Random random, TemplateFiller filler, PersonalNumbers personal, string defaultInstitution)
{
    private static readonly string[] Channels = ["app", "web", "call_center", "branch", "email"];

    private int _number;

    /// <summary>
    /// A complaint about an institution: named by its field (id or name), or by its text, or by neither where it is the
    /// one that complaints mean by default.
    /// </summary>
    public SampleLine Complaint(Template template, Institution about, DateTimeOffset at)
    {
        var silent = about.Id == defaultInstitution ? random.Next(2) == 0 : template.NamesInstitution && random.Next(3) == 0;
        var field = silent ? null : random.Next(3) == 0 ? about.Name : about.Id;
        var number = ++_number;
        var (title, text) = filler.Fill(template, about.Name);
        return LineWriter.Write(
            at, "complaint", ("id", Id(number)), ("channel", Channels[random.Next(Channels.Length)]), ("institution", field),
            ("sector", about.Type), ("customer_ref", Customer()), ("title", title.Length == 0 ? null : title),
            ("text", text), ("received_at", LineWriter.Time(at)));
    }

    /// <summary>Mostly a number of the channel's own; careless channels put the customer's telephone number into it.</summary>
    private string Id(int number) => random.Next(50) == 0
        ? $"c-{personal.Make("phone")}"
        : string.Create(CultureInfo.InvariantCulture, $"c-{number:00000}");

    private string? Customer() => random.Next(25) switch
    {
        0 => null,
        1 => personal.Make("phone"),
        2 => personal.Make("email"),
        3 => personal.Make("rrn"),
        _ => string.Create(CultureInfo.InvariantCulture, $"cust-{random.Next(16777216):x6}"),
    };
}
