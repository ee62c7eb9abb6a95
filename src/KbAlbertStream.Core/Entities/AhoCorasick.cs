using System.Runtime.InteropServices;

namespace KbAlbertStream.Core.Entities;

/// <summary>
/// Finds a set of patterns in one pass over a text (Aho and Corasick, 1975). Building takes time linear in the
/// patterns, a search linear in the text, whatever the text is. Immutable once built, so one serves all threads.
/// </summary>
internal sealed class AhoCorasick
{
    private const int Root = 0;
    private const int None = -1;

    private readonly Dictionary<long, int> _goto = [];

    // Most characters of a text begin no pattern; one look here spares them the search.
    private readonly bool[] _begins = new bool[char.MaxValue + 1];
    private readonly List<int> _failure = [Root];
    private readonly List<int> _pattern = [None];

    // The nearest state along the failure links that ends a pattern, so that a search never walks links in vain.
    private readonly List<int> _shorter = [Root];
    private readonly IReadOnlyList<string> _patterns;

    public AhoCorasick(IReadOnlyList<string> patterns)
    {
        _patterns = patterns;
        for (var i = 0; i < patterns.Count; i++)
        {
            Add(patterns[i], i);
        }

        Link();
    }

    /// <summary>
    /// The matches that begin where <paramref name="mayBegin"/> allows, from left to right without overlap: the
    /// leftmost wins, of those that begin together the longest.
    /// </summary>
    public List<PatternMatch> LeftmostLongest(string text, Func<string, int, bool> mayBegin)
    {
        var matches = new List<PatternMatch>();
        var state = Root;
        for (var i = 0; i < text.Length; i++)
        {
            state = Step(state, text[i]);
            for (var at = _pattern[state] == None ? _shorter[state] : state; at != Root; at = _shorter[at])
            {
                var start = i + 1 - _patterns[_pattern[at]].Length;
                if (mayBegin(text, start))
                {
                    Keep(matches, new PatternMatch(_pattern[at], start, i + 1));
                    break;
                }
            }
        }

        return matches;
    }

    /// <summary>Matches come by their ends: one that reaches back over earlier ones replaces them.</summary>
    private static void Keep(List<PatternMatch> matches, PatternMatch match)
    {
        while (matches.Count > 0 && matches[^1].Start >= match.Start)
        {
            matches.RemoveAt(matches.Count - 1);
        }

        if (matches.Count == 0 || matches[^1].End <= match.Start)
        {
            matches.Add(match);
        }
    }

    private static long Edge(int state, char next) => ((long)state << 16) | next;

    private int Step(int state, char next)
    {
        if (state == Root && !_begins[next])
        {
            return Root;
        }

        int target;
        while (!_goto.TryGetValue(Edge(state, next), out target) && state != Root)
        {
            state = _failure[state];
        }

        return target;
    }

    private void Add(string pattern, int index)
    {
        _begins[pattern[0]] = true;
        var state = Root;
        foreach (var c in pattern)
        {
            ref var target = ref CollectionsMarshal.GetValueRefOrAddDefault(_goto, Edge(state, c), out var exists);
            if (!exists)
            {
                target = _failure.Count;
                _failure.Add(Root);
                _pattern.Add(None);
                _shorter.Add(Root);
            }

            state = target;
        }

        _pattern[state] = index;
    }

    /// <summary>Sets the links breadth first: those of a state need those of the shorter ones.</summary>
    private void Link()
    {
        var children = _goto.ToLookup(edge => (int)(edge.Key >> 16), edge => (Next: (char)edge.Key, State: edge.Value));
        var queue = new Queue<int>([Root]);
        while (queue.TryDequeue(out var state))
        {
            foreach (var (next, child) in children[state])
            {
                var failure = state == Root ? Root : Step(_failure[state], next);
                _failure[child] = failure;
                _shorter[child] = _pattern[failure] == None ? _shorter[failure] : failure;
                queue.Enqueue(child);
            }
        }
    }
}
