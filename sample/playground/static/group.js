import { element } from './dom.js';

/** A policy, as code that can be changed, beside the calls that are under it. */
export function groupOf(policy, text, calls, columns, cells, apply) {
  const title = element('h2', {}, element('code', {}, policy));
  const rows = calls.map(({ call, number }) => rowOf(call, number, columns, cells));
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, 'Call'),
    ...columns.map(({ name }) => element('th', { scope: 'col' }, name)),
  );
  const caption = element('caption.unseen', {}, `What the sites get under ${policy}`);
  const table = element(
    'table',
    {},
    caption,
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  );
  return element(
    'section.group',
    { 'aria-label': `Policy ${policy}` },
    element('div.policy', {}, title, ...editorOf(policy, text, apply)),
    table,
  );
}

function rowOf(call, number, columns, cells) {
  const { title, method, path } = call;
  const results = columns.map((column, index) => {
    const button = element('button.cell', { type: 'button' }, '…');
    cells.set(`${number} ${index}`, button);
    return element('td', { 'data-site': column.name }, button);
  });
  const head = element('th', { scope: 'row' }, title, element('code', {}, `${method} ${path}`));
  return element('tr', {}, head, ...results);
}

function editorOf(policy, text, apply) {
  if (text === undefined)
    return [
      element('p', {}, 'In the code: no site may read these, whatever the other policies say.'),
    ];
  const lines = String(text.split('\n').length);
  const area = element(
    'textarea',
    {
      name: policy,
      rows: lines,
      spellcheck: 'false',
      'aria-label': `Policy ${policy}`,
      'aria-describedby': `mistakes-${policy}`,
    },
    text,
  );
  const mistakes = element('div.mistakes', { id: `mistakes-${policy}`, role: 'status' });
  const form = element('form', {}, area, element('button.apply', {}, 'Apply'), mistakes);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void apply();
  });
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return [form];
}

/** Complaints of start-up, beside the policy that they are about. */
export function showMistakes(mistakes) {
  for (const { name } of document.querySelectorAll('textarea')) {
    const about = mistakes.filter(({ policy }) => policy === name);
    const texts = about.map(({ message }) => element('p', {}, message));
    document.getElementById(`mistakes-${name}`).replaceChildren(...texts);
  }
}
