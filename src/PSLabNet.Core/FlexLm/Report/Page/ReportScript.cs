namespace PSLabNet.FlexLm.Report.Page;

/// <summary>
/// The script of the page. Without it the tables are in the order that people mostly want, and nothing else is missing.
/// It has no less-than and no ampersand, so that it is the same text, and has the same hash, in HTML and in XML.
/// </summary>
internal static class ReportScript
{
    // Headers become buttons only here: one that did nothing without script would be a lie. Tables within details are
    // made sortable when they are opened: there may be thousands. Cells without a value stay last in both directions.
    public static readonly string Text = """
        'use strict';
        const order = new Intl.Collator(undefined, { numeric: true });
        const keyOf = (item, column, kind) => {
          const text = (item.rows ? item.rows[0] : item).cells[column].textContent.trim();
          if (kind === 'text') return text;
          const number = kind === 'time' ? Date.parse(text.replace(' ', 'T').replace(' ', '')) : parseFloat(text);
          return Number.isNaN(number) ? null : number;
        };
        const sort = (table, th) => {
          const kind = th.dataset.sort;
          const now = th.getAttribute('aria-sort');
          const up = now ? now === 'descending' : kind !== 'number';
          const items = table.dataset.rows === 'groups' ? [...table.tBodies] : [...table.tBodies[0].rows];
          const keyed = items.map(item => ({ item, key: keyOf(item, th.cellIndex, kind) }));
          keyed.sort((a, b) => {
            if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
            const by = kind === 'text' ? order.compare(a.key, b.key) : a.key - b.key;
            return up ? by : -by;
          });
          const sorted = document.createDocumentFragment();
          for (const { item } of keyed) sorted.append(item);
          (table.dataset.rows === 'groups' ? table : table.tBodies[0]).append(sorted);
          for (const other of th.parentNode.cells) other.removeAttribute('aria-sort');
          th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        };
        const makeSortable = table => {
          for (const th of table.tHead.rows[0].cells) {
            if (!th.dataset.sort || th.firstElementChild) continue;
            const button = document.createElement('button');
            button.type = 'button';
            button.append(...th.childNodes);
            button.addEventListener('click', () => sort(table, th));
            th.append(button);
          }
        };
        document.querySelectorAll('table.sortable').forEach(makeSortable);
        document.addEventListener('toggle', event => {
          event.target.querySelectorAll('table.holders').forEach(makeSortable);
        }, true);
        """.Replace("\r\n", "\n");
}
