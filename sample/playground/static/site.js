import { tryCall } from './calls.js';
import { byId, element } from './dom.js';

// The page of one site: it tries every call, shows what came of it, and tells the page that it may be a part of.
const { site, api, index, calls } = await (await fetch('config.json')).json();
document.title = site.name;
byId('name').textContent = site.name;
byId('origin').textContent = site.origin;
byId('index').href = index;

const rows = calls.map(({ title }) =>
  element('tr', {}, element('th.title', { scope: 'row' }, title), element('td.cell', {}, '…')),
);
byId('rows').append(...rows);
const tell = (message) => parent !== window && parent.postMessage(message, index);

await fetch(`${api}/session`, { method: 'POST', credentials: 'include' }).catch(() => undefined);
for (const [number, call] of calls.entries()) {
  const result = await tryCall(api, call);
  const cell = rows[number].lastElementChild;
  cell.textContent = result.text;
  cell.classList.add(result.state);
  tell({ number, ...result });
}
document.body.dataset.done = 'true';
tell({ done: true });
