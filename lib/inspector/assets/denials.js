import { byId, element } from './dom.js';

const say = (text) => () => byId('stream').replaceChildren(text);

/** Shows what is denied while it happens. */
export function listenForDenials(explain) {
  const stream = new EventSource(`${document.body.dataset.base}/denials`);
  stream.addEventListener('message', ({ data }) => show(JSON.parse(data), explain));
  stream.addEventListener('open', say('Listening. A denial appears here as it happens.'));
  stream.addEventListener('error', say('The application does not answer; trying again.'));
}

function show(denials, explain) {
  byId('denial-list').replaceChildren(...denials.map((denial) => itemOf(denial, explain)));
}

function itemOf(denial, explain) {
  const { kind, outcome, method, route, where, origin, sentence, count, at } = denial;
  const time = element(
    'time',
    { datetime: new Date(at).toISOString() },
    new Date(at).toLocaleTimeString(),
  );
  const times = count === 1 ? '' : ` ${count} times`;
  const head = element(
    'h3',
    {},
    element('code', {}, `${method} ${route ?? ''}`.trim()),
    ` from ${origin}`,
  );
  const facts = element(
    'p.facts',
    {},
    `${kind}, ${outcome}${where === null ? '' : ` at ${where}`}${times}, `,
    time,
  );
  const item = element('li', {}, head, facts, element('p', {}, `${sentence}.`));
  if (route !== null) {
    const again = element(
      'button',
      { type: 'button', 'aria-label': `Explain ${method} ${route} from ${origin}` },
      'Explain',
    );
    again.addEventListener('click', () => explain({ method, url: route, origin }));
    item.append(again);
  }
  return item;
}
