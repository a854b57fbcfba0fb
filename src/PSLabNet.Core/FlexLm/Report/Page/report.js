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
