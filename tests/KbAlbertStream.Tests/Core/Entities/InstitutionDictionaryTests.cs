using System.Text;
using KbAlbertStream.Core.Entities;

namespace KbAlbertStream.Tests.Core.Entities;

public sealed class InstitutionDictionaryTests
{
    [Fact]
    public void The_shipped_dictionary_is_valid_and_names_the_institutions_of_the_market()
    {
        var dictionary = InstitutionDictionary.Load(InstitutionDictionary.ShippedPath);

        Assert.InRange(dictionary.Institutions.Length, 99, 200);
        Assert.Equal("KB국민은행", dictionary.Find("kb_bank")?.Name);
        Assert.Equal("105560", dictionary.Find("kb_fg")?.Ticker);
        Assert.False(dictionary.Find("fss")!.IsCounted);
        Assert.Matches(@"^2026\.11\+[0-9a-f]{12}$", dictionary.Version);
    }

    [Fact]
    public void Another_content_is_another_version()
    {
        var one = Parse("""{"version":"1","institutions":[{"id":"a","name":"가나은행","type":"bank"}]}""");
        var two = Parse("""{"version":"1","institutions":[{"id":"a","name":"가다은행","type":"bank"}]}""");

        Assert.NotEqual(one.Version, two.Version);
        Assert.StartsWith("1+", one.Version);
    }

    [Fact]
    public void Every_error_is_listed_at_once_with_its_place()
    {
        var error = Assert.Throws<InvalidDictionaryException>(() => Parse(
            """
            {"institutions":[
              {"id":"A b","name":"가나은행","type":"bank"},
              {"id":"b","name":"나다은행","type":"shop","ticker":"12","typo":1},
              {"id":"b","name":"다라은행","type":"bank","aliases":["가나은행",7],"valid_from":"2020-02-31"},
              {"id":"c","name":" ","type":"bank"},
              {"id":"d","name":"라마은행","type":"bank","former_names":[{"name":"마바은행","valid_from":"2020-01-02","valid_to":"2020-01-01"}]},
              {"id":"e","name":"섬은행","type":"bank"},
              5],
             "not_institutions":["섬은행"]}
            """));

        string[] expected =
        [
            "file.version: missing", "A b: an id", "unknown type 'shop'", "not '12'", "unknown field 'typo'",
            "b: 2 institutions", "'가나은행' already is a name of A b", "aliases[1]: a text", "valid_from: a date",
            "institutions[3].name: a text", "'마바은행' ends before it begins", "'섬은행' also stands in not_institutions",
            "institutions[6]: an object",
        ];
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Equal(expected.Length, error.Errors.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":\"1\",\"institutions\":{}}")]
    [InlineData("{\"version\":\"\\ud800\",\"institutions\":[]}")]
    public void What_is_no_dictionary_is_refused(string json) =>
        Assert.Throws<InvalidDictionaryException>(() => Parse(json));

    [Fact]
    public void A_name_may_pass_to_another_institution_by_date()
    {
        var dictionary = Parse(
            """
            {"version":"1","institutions":[
              {"id":"old","name":"가나증권","type":"securities","former_names":[{"name":"다라증권","valid_to":"2014-12-31"}]},
              {"id":"new","name":"다라증권","valid_from":"2024-08-01","type":"securities"}]}
            """);

        Assert.Equal("old", dictionary.Resolve("다라증권", new DateTimeOffset(2014, 12, 31, 14, 59, 0, TimeSpan.Zero)));
        Assert.Null(dictionary.Resolve("다라증권", new DateTimeOffset(2014, 12, 31, 15, 0, 0, TimeSpan.Zero)));
        Assert.Equal("new", dictionary.Resolve("다라증권"));
    }

    private static InstitutionDictionary Parse(string json) => InstitutionDictionary.Parse(Encoding.UTF8.GetBytes(json));
}
