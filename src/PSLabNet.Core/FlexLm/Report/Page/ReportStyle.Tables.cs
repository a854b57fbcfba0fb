namespace PSLabNet.FlexLm.Report.Page;

/// <content>Tables, plots, and what differs on phones and on paper.</content>
internal static partial class ReportStyle
{
    private const string Tables = """

        .scroll { overflow-x: auto; margin: 0 -1.3rem; padding: 0 1.3rem; }
        .scroll:focus-visible { outline-offset: -2px; }
        table { border-collapse: collapse; width: 100%; font-size: .93rem; overflow-wrap: break-word; }
        thead th { color: var(--soft); font-size: .8rem; font-weight: 600; text-align: left; vertical-align: bottom; white-space: nowrap; padding: .3rem .6rem; border-bottom: 1px solid var(--rule); }
        td, tbody th { padding: .35rem .6rem; text-align: left; vertical-align: top; font-weight: 400; }
        th:first-child, td:first-child { padding-left: 0; }
        th:last-child, td:last-child { padding-right: 0; }
        tbody th { font-weight: 600; max-width: 24rem; }
        th.number, td.number { text-align: right; }
        .plain .number + * { padding-left: 1.5rem; }
        th button { all: unset; cursor: pointer; position: relative; }
        th button:hover { color: var(--ink); text-decoration: underline; }
        th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        th button::after { content: "\2195"; position: absolute; left: 100%; padding-left: .2em; opacity: .6; }
        th[aria-sort="ascending"] button::after { content: "\2191"; opacity: 1; }
        th[aria-sort="descending"] button::after { content: "\2193"; opacity: 1; }
        .plain tbody tr { border-bottom: 1px solid var(--faint); }
        .plain td { white-space: nowrap; }
        .plain .long { white-space: normal; min-width: 15rem; max-width: 32rem; }
        .features tbody { border-bottom: 1px solid var(--rule); }
        .features tbody:target { background: var(--note-ground); }
        .features > :is(thead, tbody) > tr:first-child > :nth-child(n+3):nth-child(-n+7) { text-align: right; }
        .features .use { width: 15rem; }
        .features .use span { display: inline-block; min-width: 3.5em; text-align: right; }
        .features > :is(thead, tbody) > tr:first-child > :nth-child(8) { padding-left: 1.4rem; }
        .features .use b { color: var(--bad); }
        .features > tbody > tr:first-child > td { white-space: nowrap; }
        .features > tbody > tr + tr > td { padding: 0 0 .35rem; }
        details { max-width: 100%; }
        summary { cursor: pointer; color: var(--soft); font-size: .86rem; padding: .1rem 0; width: fit-content; }
        summary:hover { color: var(--accent); }
        details[open] { padding-bottom: .5rem; }
        .holders, details .plain { width: auto; min-width: min(40rem, 100%); margin: .2rem 0 .3rem 1rem; background: var(--faint); border-radius: 6px; font-size: .88rem; }
        .holders td, .holders th, details .plain td, details .plain th { padding: .2rem .8rem; white-space: nowrap; max-width: 22rem; overflow: hidden; text-overflow: ellipsis; }

        """;

    private const string Plots = """

        .plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr)); gap: 1.4rem 2rem; }
        figure { margin: 0; min-width: 0; content-visibility: auto; contain-intrinsic-size: auto 13rem; }
        figcaption { font-size: .88rem; margin-bottom: .3rem; }
        figcaption b { font-size: .98rem; }
        .chart { display: grid; grid-template: 1fr 1fr / auto 1fr; height: 8.5rem; gap: 0 .5rem; }
        .chart span { color: var(--soft); font-size: .78rem; line-height: 1; text-align: right; min-width: 2.2em; padding-top: .35rem; }
        .chart .zero { grid-row: 2; align-self: end; }
        .chart svg { grid-area: 1 / 2 / 3 / 3; width: 100%; height: 100%; border-bottom: 1px solid var(--soft); border-left: 1px solid var(--rule); }
        .chart path { fill: none; vector-effect: non-scaling-stroke; }
        .chart .area { fill: var(--fill); opacity: .22; }
        .chart .line { stroke: var(--fill); stroke-width: 1.6; stroke-linejoin: round; }
        .chart .issued { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 5 4; }
        .chart .denied { stroke: var(--bad-fill); stroke-width: 2.5; }
        .axis { display: flex; justify-content: space-between; margin: .25rem 0 0 2.7rem; white-space: nowrap; color: var(--soft); font-size: .78rem; }

        """;

    // On paper everything is light, and what is closed is open: a reader cannot click.
    private const string Media = """

        @media (max-width: 40rem) {
          header, main, footer { padding-left: .8rem; padding-right: .8rem; }
          header { padding-top: 1.1rem; }
          h1 { font-size: 1.5rem; }
          .server, .block, .card { padding: .9rem .9rem; }
          .tiles { grid-template-columns: 1fr 1fr; gap: .6rem; }
          .tile b { font-size: 1.6rem; }
          .tile a { padding: .5rem .75rem .65rem; }
          .scroll { margin: 0 -.9rem; padding: 0 .9rem; }
          nav ul { flex-wrap: nowrap; white-space: nowrap; overflow-x: auto; padding-bottom: .3rem; }
          .features > tbody > tr > th { max-width: 42vw; min-width: 9.3rem; overflow-wrap: anywhere; font-size: .95em; }
          .features .message { max-width: calc(100vw - 3.6rem); position: sticky; left: 0; }
          .axis { font-size: .7rem; }
          .features .use { width: 7rem; }
          .use .bar { width: 3rem; margin: 0 .35rem; }
          .holders { margin-left: 0; }
          .months { gap: .1rem; font-size: .66rem; }
          summary { padding: .45rem 0; }
          details { overflow-x: auto; }
          .features details { max-width: calc(100vw - 3.6rem); position: sticky; left: 0; }
        }
        @media print {
          :root {
            color-scheme: light;
            --ground: #fff; --paper: #fff; --ink: #000; --soft: #444b55; --rule: #c4c9d1; --faint: #eef0f4;
            --accent: #000; --fill: #4c86e0; --held: #a9c4ef;
            --good: #146c2e; --good-ground: #e3f4e7; --warn: #7a4b00; --warn-ground: #fdf0d3; --warn-fill: #e0a21b;
            --bad: #b3261e; --bad-ground: #fce8e6; --bad-fill: #d64238; --note: #0b4f8a; --note-ground: #e2eefb;
          }
          @page { margin: 14mm 12mm; }
          html { font-size: 10.5px; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
          nav, .skip { display: none; }
          .server, .block, .vendor, figure { content-visibility: visible; }
          .scroll { overflow: visible; }
          .server, .block { border-left: 0; border-right: 0; border-radius: 0; padding-left: 0; padding-right: 0; }
          .scroll { margin: 0; padding: 0; }
          h2, h3, thead { break-after: avoid; }
          tr, figure, .tile, .message { break-inside: avoid; }
          th button::after { content: none; }
          .plots { grid-template-columns: 1fr 1fr; }
          details::details-content { content-visibility: visible; display: block; block-size: auto; }
          summary { list-style: none; }
        }

        """;
}
