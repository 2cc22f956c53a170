import { ask } from './calls.js';
import { byId, element } from './dom.js';
import { groupOf, showMistakes } from './group.js';
import { showReason } from './reason.js';

const config = await (await fetch('config.json')).json();
const { api, sites, calls, policies } = config;
byId('api').textContent = api;
byId('inspector').href = `${api}/cors`;

/** The columns: what each site gets, and what another origin would get. */
const own = { name: 'one more', get origin() { return byId('own').value.trim(); } }; // prettier-ignore
const columns = [...sites, own];
const cells = new Map();
/** Columns that are not filled yet. */
const waiting = new Set();
const cellAt = (number, column) => cells.get(`${number} ${columns.indexOf(column)}`);

for (const policy of new Set(calls.map((call) => call.policy))) {
  const of = calls.flatMap((call, number) => (call.policy === policy ? [{ call, number }] : []));
  byId('groups').append(groupOf(policy, policies[policy], of, columns, cells, apply));
}
for (const [key, cell] of cells) {
  const [number, column] = key.split(' ');
  cell.addEventListener('click', () => void showReason(api, calls[number], columns[column]));
}

const frames = sites.map(({ name }) => element('iframe', { title: name }));
byId('frames').append(...frames);

addEventListener('message', ({ origin, data }) => {
  const site = sites.find((one) => one.origin === origin);
  if (site === undefined) return;
  if (data.done) finish(site);
  else show(cellAt(data.number, site), data);
});
byId('own').addEventListener('change', () => void predict());
start();

function show(cell, { state, text }) {
  cell.className = `cell ${state}`;
  cell.textContent = text;
}

function start() {
  delete document.body.dataset.done;
  for (const column of columns) waiting.add(column);
  for (const cell of cells.values()) show(cell, { state: 'waiting', text: '…' });
  for (const [number, frame] of frames.entries()) frame.src = sites[number].origin;
  void predict();
}

function finish(column) {
  waiting.delete(column);
  if (waiting.size === 0) document.body.dataset.done = 'true';
}

async function predict() {
  for (const [number, call] of calls.entries()) {
    const { words } = await ask(api, 'explain', call, own.origin);
    const predicted =
      words === undefined
        ? { state: 'readable', text: 'would be readable' }
        : { state: 'blocked', text: `blocked: ${words}` };
    show(cellAt(number, own), predicted);
  }
  finish(own);
}

/** Puts the policies of the editors in force, or shows what start-up says against them. */
async function apply() {
  const texts = Object.fromEntries(
    [...document.querySelectorAll('textarea')].map(({ name, value }) => [name, value]),
  );
  const response = await fetch('policies', { method: 'POST', body: JSON.stringify(texts) });
  const { mistakes } = await response.json();
  showMistakes(mistakes);
  if (mistakes.length === 0) start();
}
