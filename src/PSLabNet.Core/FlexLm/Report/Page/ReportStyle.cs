namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// The style of the page, in parts by subject. It has no less-than and no ampersand, so that it is the same text, and
/// has the same hash, in HTML and in XML.
/// </summary>
internal static partial class ReportStyle
{
    public static readonly string Text = (Colors + Page + Figures + Tables + Plots + Media).Replace("\r\n", "\n");

    // Text on its ground has a contrast of 4.5 or more in both schemes (WCAG AA).
    private const string Colors = """

        :root {
          color-scheme: light dark;
          --ground: #f5f6f8; --paper: #fff; --ink: #1a1f27; --soft: #566070; --rule: #dde1e7; --faint: #eef0f4;
          --accent: #0b57d0; --fill: #4c86e0; --held: #a9c4ef;
          --good: #146c2e; --good-ground: #e3f4e7; --warn: #7a4b00; --warn-ground: #fdf0d3; --warn-fill: #e0a21b;
          --bad: #b3261e; --bad-ground: #fce8e6; --bad-fill: #d64238; --note: #0b4f8a; --note-ground: #e2eefb;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #10141a; --paper: #181d25; --ink: #e7eaf0; --soft: #a0aaba; --rule: #313a47; --faint: #212833;
            --accent: #8ab4f8; --fill: #5a93ea; --held: #33527f;
            --good: #86d99b; --good-ground: #15301e; --warn: #f3c262; --warn-ground: #362a10; --warn-fill: #d49a24;
            --bad: #ff9a90; --bad-ground: #40191a; --bad-fill: #e5584d; --note: #9cc7f5; --note-ground: #172c44;
          }
        }

        """;

    private const string Page = """

        * { box-sizing: border-box; }
        html { font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; text-size-adjust: 100%; }
        body { margin: 0; background: var(--ground); color: var(--ink); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        header, main, footer { max-width: 78rem; margin: 0 auto; padding: 0 1.5rem; }
        header { padding-top: 2rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.015em; margin: 0; }
        h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -.005em; margin: 0 0 .75rem; }
        h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
        header p { margin: .3rem 0 .8rem; color: var(--soft); }
        small, .quiet { color: var(--soft); font-weight: 400; font-size: .86em; }
        a { color: var(--accent); text-decoration: none; }
        a:hover { text-decoration: underline; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { left: 1rem; top: .5rem; padding: .4rem .8rem; background: var(--paper); z-index: 2; }
        nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; list-style: none; margin: 0 0 1.2rem; padding: 0; max-height: 6rem; overflow-y: auto; }
        footer { padding-top: .5rem; padding-bottom: 2.5rem; color: var(--soft); font-size: .86rem; }
        .server, .block, .card { background: var(--paper); border: 1px solid var(--rule); border-radius: 10px; padding: 1.1rem 1.3rem; margin: 0 0 1.2rem; }
        .server, .block { content-visibility: auto; contain-intrinsic-size: auto 60rem; }
        .vendor { margin-top: 1.3rem; padding-top: 1.1rem; border-top: 1px solid var(--rule); content-visibility: auto; contain-intrinsic-size: auto 40rem; }
        .facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0; }
        .facts dt { color: var(--soft); font-size: .8rem; }
        .facts dd { margin: 0; }
        .message { margin: .6rem 0 0; padding: .45rem .7rem; border-left: 3px solid; border-radius: 0 5px 5px 0; font-size: .93rem; }
        .message.bad { background: var(--bad-ground); color: var(--bad); }
        .message.warn { background: var(--warn-ground); color: var(--warn); }
        .fine { color: var(--soft); margin: 0; }
        .fine::before { content: "✓ "; color: var(--good); font-weight: 700; }
        .chip { display: inline-block; padding: .05em .6em; border-radius: 1em; background: var(--faint); color: var(--soft); font-size: .78rem; line-height: 1.55; font-weight: 600; letter-spacing: 0; white-space: nowrap; vertical-align: .08em; }
        .chip.good { background: var(--good-ground); color: var(--good); }
        .chip.warn { background: var(--warn-ground); color: var(--warn); }
        .chip.bad { background: var(--bad-ground); color: var(--bad); }
        .chip.note { background: var(--note-ground); color: var(--note); }
        .chip.good::before { content: "✓ "; }
        .chip.warn::before { content: "! "; }
        .chip.bad::before { content: "✕ "; }

        """;

    private const string Figures = """

        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .8rem; list-style: none; margin: 0 0 1.2rem; padding: 0; }
        .tile { background: var(--paper); border: 1px solid var(--rule); border-top: 4px solid var(--rule); border-radius: 10px; }
        .tile a { display: block; color: inherit; padding: .7rem 1rem .85rem; }
        .tile a:hover { text-decoration: none; background: var(--faint); border-radius: 0 0 10px 10px; }
        .tile b { font-size: 2rem; line-height: 1.15; font-weight: 650; letter-spacing: -.02em; }
        .tile span { display: block; font-weight: 600; margin: .1rem 0 .15rem; }
        .tile small { display: block; }
        .tile.good { border-top-color: var(--good); }
        .tile.warn { border-top-color: var(--warn-fill); }
        .tile.warn b { color: var(--warn); }
        .tile.bad { border-top-color: var(--bad-fill); }
        .tile.bad b { color: var(--bad); }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr)); gap: 0 1.2rem; align-items: stretch; }
        .list { list-style: none; margin: 0; padding: 0; }
        .list li { padding: .4rem 0; border-top: 1px solid var(--rule); }
        .list li:first-child { border-top: 0; padding-top: 0; }
        .list small { display: block; }
        .list .right { float: right; }
        .bar { display: block; width: 100%; height: 7px; border-radius: 3px; background: var(--faint); overflow: hidden; }
        .bar rect { fill: var(--fill); }
        .bar.busy rect { fill: var(--warn-fill); }
        .bar.full rect { fill: var(--bad-fill); }
        .bar .held { fill: var(--held); }
        .bar.busy .held, .bar.full .held { fill: var(--held); }
        .list .bar { margin-top: .25rem; }
        .use .bar { display: inline-block; vertical-align: .08em; width: 6.5rem; margin: 0 .5rem 0 .6rem; }
        .months { display: grid; grid-template-columns: 1.7fr repeat(12, 1fr) 1.4fr; gap: .25rem; list-style: none; margin: 0 0 1.2rem; padding: 0; text-align: center; font-size: .8rem; }
        .months li { display: grid; grid-template-rows: 1.2rem 3.5rem 1.2rem 1.1rem; min-width: 0; }
        .months svg { width: 100%; height: 100%; border-bottom: 1px solid var(--rule); }
        .months rect { fill: var(--fill); }
        .months .bad rect { fill: var(--bad-fill); }
        .months .warn rect { fill: var(--warn-fill); }
        .months .none rect { fill: var(--soft); }
        .months span, .months small { white-space: nowrap; color: var(--soft); }

        """;
}
