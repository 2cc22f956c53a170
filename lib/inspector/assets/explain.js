import { byId, element, load } from './dom.js';

const OUTCOMES = {
  passes: 'passes',
  fails: 'stops here',
  'not-reached': 'not reached',
  note: 'note',
};

export function setUpExplain() {
  byId('question').addEventListener('submit', (event) => {
    event.preventDefault();
    void answer();
  });
}

/**
 * Fills the form, and answers at once where an origin is known. The path of a route is a target of that route, too: `/orders/:id`
 * is the order named `:id`.
 */
export function explain(question) {
  const { elements } = byId('question');
  for (const [name, value] of Object.entries(question)) elements[name].value = value;
  byId('explain').scrollIntoView({ block: 'start' });
  const { origin } = elements;
  if (origin.value === '') origin.focus();
  else void answer().then(() => byId('answer').focus());
}

async function answer() {
  const query = new URLSearchParams(new FormData(byId('question')));
  try {
    const { steps } = await load(`explain.json?${query}`);
    byId('answer').replaceChildren(element('ol.steps', {}, ...steps.map(stepOf)));
  } catch (error) {
    byId('answer').replaceChildren(element('p.fault', {}, error.message));
  }
}

function stepOf({ title, outcome, sentence }) {
  const head = element(
    'h3',
    {},
    title,
    ' ',
    element(`span.outcome.${outcome}`, {}, OUTCOMES[outcome]),
  );
  return element(`li.${outcome}`, {}, head, element('p', {}, sentence));
}
