namespace KbAlbertStream.Trainer.Data;

/// <summary>A real news headline with its topic (정치, 경제, 사회, 생활문화, 세계, IT과학, 스포츠).</summary>
internal readonly record struct Headline(string Topic, string Title);
