import { byId, element } from './dom.js';

/** From the most open to the least. */
const LEVELS = [
  ['everyone', 'everyone'],
  ['code', 'whoever code lets in'],
  ['pattern', 'sites by pattern'],
  ['listed', 'listed sites'],
  ['nobody', 'nobody'],
  ['left-alone', 'left alone'],
];

/** Draws the table and the policies, and lets them be searched. */
export function showPlaces(view, explain) {
  const rows = view.places.map((place) => ({
    place,
    row: rowOf(place, explain),
    text: textOf(place, view),
  }));
  byId('rows').append(...rows.map(({ row }) => row));
  byId('policy-list').append(...Object.entries(view.policies).map(policyOf));
  byId('levels').append(
    ...LEVELS.filter(([level]) => view.places.some(({ openness }) => openness === level)).map(
      levelOf,
    ),
  );
  const filter = () => apply(rows);
  byId('filter').addEventListener('input', filter);
  byId('filter').addEventListener('submit', (event) => event.preventDefault());
  filter();
}

function apply(rows) {
  const words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const levels = new Set(
    [...document.querySelectorAll('#levels input:checked')].map(({ value }) => value),
  );
  let shown = 0;
  for (const { place, row, text } of rows) {
    row.hidden = !levels.has(place.openness) || !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  byId('count').textContent =
    shown === rows.length ? `${shown} places` : `${shown} of ${rows.length} places`;
}

/** The text that a search for a place goes through. */
function textOf({ method, path, place, policy, declared, words }, { policies }) {
  const details = (policies[policy] ?? []).flat();
  return [method, path, place, policy, declared ?? '', words, ...details].join(' ').toLowerCase();
}

function rowOf(place, explain) {
  const { method, path, openness, words, policy, declared, url } = place;
  const cells = [
    cell('Method', element('code', {}, method)),
    cell('Path', element('code', {}, path)),
    cell('Readable by', element(`span.level.${openness}`, {}, words)),
    cell('Policy', policy),
    cell('Declared at', declared === null ? place.place : `${place.place}, by ${declared}`),
    element('td', { role: 'cell' }),
  ];
  if (url !== null) cells.at(-1).append(button(place, explain));
  return element('tr', { role: 'row' }, ...cells);
}

function cell(label, content) {
  return element('td', { role: 'cell', 'data-label': label }, content);
}

function button({ method, path, url }, explain) {
  const made = element(
    'button',
    { type: 'button', 'aria-label': `Explain ${method} ${path}` },
    'Explain',
  );
  made.addEventListener('click', () =>
    explain({ method: /^[A-Z]+$/.test(method) && method !== 'ANY' ? method : 'GET', url }),
  );
  return made;
}

function policyOf([name, details]) {
  const list = details.flatMap(([option, value]) => [
    element('dt', {}, option),
    element('dd', {}, element('code', {}, value)),
  ]);
  return element('details', {}, element('summary', {}, name), element('dl', {}, ...list));
}

function levelOf([level, words]) {
  const box = element('input', { type: 'checkbox', value: level, checked: '' });
  return element('label', {}, box, ' ', element(`span.level.${level}`, {}, words));
}
