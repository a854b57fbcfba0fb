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
const sorts = { User: 'text', Host: 'text', Version: 'text', Kind: 'text', Feature: 'text', Vendor: 'text', Server: 'text', Licenses: 'number', Since: 'time', 'Last day': 'time' };
const makeTable = lines => {
  const table = document.createElement('table');
  table.className = lines.className;
  const section = table.createTHead();
  let row = section.insertRow();
  let cell = null;
  const addCell = () => {
    cell = document.createElement(row.parentNode === table.tHead ? 'th' : 'td');
    row.append(cell);
  };
  addCell();
  for (const node of [...lines.childNodes]) {
    if (node.nodeType !== Node.TEXT_NODE) cell.append(node);
    else for (const part of node.data.split(/([\t\n])/)) {
      if (part === '\n') row = (table.tBodies[0] ?? table.createTBody()).insertRow();
      if (part === '\n' || part === '\t') addCell();
      else cell.append(part);
    }
  }
  for (const th of table.tHead.rows[0].cells) {
    const name = th.textContent.replace(/ \(.*/, '');
    th.scope = 'col';
    if (sorts[name]) th.dataset.sort = sorts[name];
    if (sorts[name] === 'time') th.setAttribute('aria-sort', 'ascending');
    if (name === 'Licenses') for (const one of table.rows) one.cells[th.cellIndex].className = 'number';
  }
  makeSortable(table);
  lines.replaceWith(table);
};
const makeTables = root => root.querySelectorAll('pre').forEach(makeTable);
let filterAgain = () => {};
document.addEventListener('toggle', event => {
  if (!event.target.querySelector('pre')) return;
  makeTables(event.target);
  filterAgain();
}, true);
window.addEventListener('beforeprint', () => makeTables(document));
const wordsOf = text => text.toLowerCase().split(/\s+/).filter(word => word.length);
const texts = new WeakMap();
const textOf = item => {
  if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
  return texts.get(item);
};
const has = (item, words) => words.every(word => textOf(item).includes(word));
const filterFeature = (body, words) => {
  const named = has(body.rows[0].cells[0], words);
  if (!named) {
    for (const lines of body.querySelectorAll('pre')) {
      const found = has(lines, words) ? textOf(lines).split('\n').some((line, at) => at ? words.every(word => line.includes(word)) : false) : false;
      if (found) makeTable(lines);
    }
  }
  const holders = [...body.querySelectorAll('table.holders tbody tr')];
  const held = new Set(named ? [] : holders.filter(row => has(row, words)));
  for (const row of holders) row.hidden = !named ? !held.has(row) : false;
  for (const one of body.querySelectorAll('details')) {
    if (one.dataset.opened) { one.open = false; delete one.dataset.opened; }
    if (held.size ? !one.open : false) { one.open = true; one.dataset.opened = '1'; }
  }
  body.hidden = !(named || held.size);
  return body.hidden ? 0 : 1;
};
const filter = (text, status) => {
  const words = wordsOf(text);
  const counts = { features: 0, users: 0 };
  for (const table of document.querySelectorAll('table.features')) {
    let shown = 0;
    for (const body of table.tBodies) shown += filterFeature(body, words);
    counts.features += shown;
    table.closest('.vendor').hidden = words.length ? !shown : false;
  }
  for (const row of document.querySelectorAll('table.users tbody tr')) {
    row.hidden = !has(row, words);
    counts.users += row.hidden ? 0 : 1;
  }
  for (const item of document.querySelectorAll('#expiry tbody tr, #denials tbody tr, #needed tbody tr, #use figure, #hours figure')) item.hidden = !has(item.tagName === 'FIGURE' ? item.querySelector('figcaption') : item, words);
  for (const section of document.querySelectorAll('.server')) section.hidden = words.length ? !section.querySelector('table.features tbody:not([hidden])') : false;
  status.textContent = words.length ? counts.features + (counts.features === 1 ? ' feature, ' : ' features, ') + counts.users + (counts.users === 1 ? ' user' : ' users') : '';
};
const addSearch = () => {
  const box = document.createElement('div');
  box.className = 'search';
  box.setAttribute('role', 'search');
  const label = document.createElement('label');
  const input = document.createElement('input');
  const status = document.createElement('span');
  input.type = 'search';
  input.id = input.name = 'search';
  input.autocomplete = 'off';
  input.spellcheck = false;
  label.htmlFor = 'search';
  label.textContent = 'Search features, users and hosts';
  status.setAttribute('role', 'status');
  let waiting = 0;
  filterAgain = () => { if (input.value) filter(input.value, status); };
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => filter(input.value, status), 120);
  });
  box.append(label, input, status);
  document.querySelector('header nav').before(box);
};
if (document.querySelector('table.features, table.users, #use figure')) addSearch();
