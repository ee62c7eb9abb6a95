using System.Collections.Immutable;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Tests.Support;

/// <summary>
/// A complete, small model bundle whose weights come from a formula: everything about it works, and what it says about a
/// text means nothing.
/// </summary>
internal static class FormulaBundle
{
    /// <summary>Every syllable of modern Hangul and printable ASCII, alone and as a continuation.</summary>
    public static Vocabulary Vocabulary { get; } = Vocabulary.FromTokens(
        ((string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
        .Concat(Characters.Select(c => c.ToString()))
        .Concat(Characters.Select(c => $"##{c}")));

    public static EncoderShape Shape { get; } = new()
    {
        VocabularySize = Vocabulary.Tokens.Length,
        EmbeddingSize = 16,
        HiddenSize = 32,
        Layers = 2,
        HiddenGroups = 2,
        AttentionHeads = 4,
        IntermediateSize = 64,
        MaxPositions = 256,
    };

    public static ImmutableArray<BundleHead> Heads { get; } =
    [
        new()
        {
            Name = "sentiment",
            Kind = HeadKind.Pooled,
            SingleLabel = true,
            Labels = ["negative", "neutral", "positive"],
        },
        Multi(
            "reputation",
            "embezzlement_breach", "it_outage", "data_breach", "misselling", "sanction", "litigation", "labor",
            "recruitment_corruption", "governance", "liquidity_solvency", "esg_social", "aml_sanctions", "fraud_nexus",
            "claims_dispute", "rate_fee", "market_abuse", "misconduct_culture", "access_closure", "ownership_mna"),
        Multi(
            "compliance",
            "suitability", "appropriateness", "explanation", "unfair_practice", "improper_solicitation",
            "misleading_ad", "privacy_credit_info", "efinance_fraud", "illegal_collection", "aml_kyc",
            "internal_control", "unauthorized_contract", "claims_payment", "rights_denial", "it_service", "fee_rate",
            "escalation"),
    ];

    private static IEnumerable<char> Characters =>
        Enumerable.Range(0xAC00, 0xD7A4 - 0xAC00).Concat(Enumerable.Range(0x21, 0x7F - 0x21)).Select(c => (char)c);

    /// <summary>The draft, to be changed by a test that wants something else.</summary>
    public static BundleDraft Draft(string name = "demo", string version = "formula", EncoderShape? shape = null) => new()
    {
        Name = name,
        Version = version,
        Vocabulary = Vocabulary,
        MaxLength = (shape ?? Shape).MaxPositions,
        Encoder = shape ?? Shape,
        Heads = Heads,
        Weights = new FormulaWeights(shape ?? Shape, [.. Heads.Select(head => head.InGraph)], 0.25).Read,
        LabelSetVersion = "2026-11",
        TrainingDataSha256 = new string('0', 64),
        GoldenTexts =
        [
            Text("", "가나다은행 전산 장애로 이체가 두 시간 멈췄다."),
            Text("가나다카드, 고객 정보 유출", "이름과 연락처 3만 건이 새어 나갔다고 밝혔다."),
            Text("", "상담원이 친절했습니다."),
            Text("", string.Concat(Enumerable.Repeat("약관을 설명하지 않고 가입시켰습니다. ", 30))),
        ],
        Metrics = """{ "note": "weights by formula, nothing was measured" }""" + "\n",
        ModelCard = "# Weights by formula\n\nNot trained: it exists to run the pipeline. Its scores mean nothing.\n",
    };

    /// <summary>
    /// A draft whose heads are all pooled and do not tell what their tokens add; every text is negative to it, and counts.
    /// </summary>
    public static BundleDraft Pooled()
    {
        ImmutableArray<BundleHead> heads = [.. Heads.Select(head => head with { Kind = HeadKind.Pooled })];
        var weights = new FormulaWeights(Shape, [.. heads.Select(head => head.InGraph)], 0.25);
        return Draft() with
        {
            Heads = heads,
            Weights = name => name == "heads.sentiment.bias" ? [20, 0, 0] : weights.Read(name),
        };
    }

    /// <summary>Writes the bundle into a folder of its own and returns the model's folder.</summary>
    public static string WriteToTemporaryFolder(BundleDraft? draft = null)
    {
        var folder = Directory.CreateTempSubdirectory("kbas-bundle-").FullName;
        BundleWriter.Write(folder, draft ?? Draft());
        BundleLocator.MakeCurrent(folder, (draft ?? Draft()).Version);
        return folder;
    }

    public static PreparedText Text(string title, string text) => new TextPreparer().Prepare(title, text);

    private static BundleHead Multi(string name, params string[] labels) => new()
    {
        Name = name,
        Kind = HeadKind.LabelAttention,
        SingleLabel = false,
        Labels = [.. labels],
        Thresholds = [.. Enumerable.Repeat(0.5f, labels.Length)],
    };
}
