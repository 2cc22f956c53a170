import { ask } from './calls.js';
import { byId, element } from './dom.js';

/** Says why a site may read the answer of a call, or not, and shows what went over the wire. */
export async function showReason(api, call, { name, origin }) {
  const [explanation, exchanges] = await Promise.all([
    ask(api, 'explain', call, origin),
    ask(api, 'exchanges', call, origin),
  ]);
  const { policy, where, source, advice } = explanation;
  const from = where ?? source;
  const holding = policy === undefined ? 'No policy holds.' : `Policy ${policy}, by ${from}.`;
  byId('reason').replaceChildren(
    element(
      'h3',
      {},
      element('code', {}, `${call.method} ${call.path}`),
      ` from ${name}, ${origin}`,
    ),
    element('p', {}, holding),
    element('p.sentence', {}, sentenceOn(explanation, call, advice)),
    ...exchanges.flatMap(exchangeOf),
  );
  byId('why').focus();
}

function sentenceOn({ words }, { credentials }, advice) {
  if (advice !== undefined) return `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`;
  if (words === undefined) return 'The page may read the answer, whatever its status.';
  return credentials
    ? 'It may read, and not with cookies: the policy says nothing of `credentials` for it.'
    : `Blocked: ${words}.`;
}

function exchangeOf({ request, requestHeaders, status, responseHeaders }) {
  const lines = [
    `> ${request}`,
    ...headersOf('>', requestHeaders),
    `< ${status}`,
    ...headersOf('<', responseHeaders),
  ];
  return [
    element('pre', { tabindex: '0', 'aria-label': `Over the wire: ${request}` }, lines.join('\n')),
  ];
}

function headersOf(direction, headers) {
  return Object.entries(headers).map(([name, value]) => `${direction} ${name}: ${value}`);
}
