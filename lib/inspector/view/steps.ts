import type { CorsExplanation } from '../../inspect/cors-inspector.js';
import { SAFELISTED_METHODS } from '../../protocol/methods.js';
import type { PageRequest } from './read-question.js';
import { sourceInWords } from '../../inspect/source-in-words.js';

/** A step that a browser takes on the way to an answer that its page may read. */
export interface Step {
  readonly title: string;
  /** `'note'` where nothing is decided; `'not-reached'` behind a step that fails. */
  readonly outcome: 'passes' | 'fails' | 'not-reached' | 'note';
  readonly sentence: string;
}

/** A step at which the browser compares: what it says if the comparison succeeds, and if it does not. */
interface Check {
  readonly title: string;
  readonly passes: boolean;
  readonly yes: string;
  readonly no: string;
}

/** The steps of Fetch for a request, in a browser's order; with the sentence of the advice at the one that fails. */
export function stepsOf(asked: PageRequest, explanation: CorsExplanation): readonly Step[] {
  if (isOwn(asked))
    return [
      note('The same origin', 'The page is on the address that it asks. CORS has no part in it.'),
    ];
  const begin = [
    note(
      'Another origin',
      `A page on ${asked.origin} asks for ${asked.method} ${asked.url}. Its script gets the answer only if the answer allows it.`,
    ),
  ];
  if (explanation.preflight === undefined) return [...begin, leftAlone(explanation)];
  const checks = checksOf(asked, explanation);
  const failed = checks.findIndex(({ passes }) => !passes);
  return [
    ...begin,
    note('The policy', `"${explanation.policy}" holds, by ${sourceInWords(explanation)}.`),
    note(
      'Does the browser ask first?',
      asksFirst(asked)
        ? `Yes: ${whyItAsks(asked)}, so an OPTIONS request goes ahead, without cookies.`
        : `No: ${asked.method} without further headers goes out at once.`,
    ),
    ...checks.map((check, index) => stepOf(check, failed !== -1 && index > failed)),
    ending(asked, failed !== -1),
  ];
}

function checksOf(asked: PageRequest, explanation: CorsExplanation): readonly Check[] {
  const { method, origin, headers, credentials } = asked;
  const { reason, policy, advice = reason } = explanation;
  const checks: Check[] = [
    {
      title: 'The origin',
      passes: explanation.originAllowed,
      yes: `${origin} is allowed.`,
      no: asSentence(advice),
    },
  ];
  if (credentials) {
    const no = `Policy "${policy}" lets ${origin} read, and not with cookies or HTTP authentication. If it may, write \`credentials\` in the policy.`;
    checks.push({
      title: 'Credentials',
      passes: explanation.credentials,
      yes: 'Cookies and HTTP authentication may be sent.',
      no,
    });
  }
  if (asksFirst(asked)) {
    const yes = SAFELISTED_METHODS.has(method)
      ? `${method} always passes.`
      : `${method} is allowed.`;
    checks.push({
      title: 'The method',
      passes: reason !== 'method-denied',
      yes,
      no: asSentence(advice),
    });
  }
  if (headers.length > 0) {
    const passes = reason !== 'headers-denied' && reason !== 'headers-malformed';
    checks.push({
      title: 'The headers',
      passes,
      yes: `Allowed: ${headers.join(', ')}.`,
      no: asSentence(advice),
    });
  }
  return checks;
}

function stepOf({ title, passes, yes, no }: Check, isBehind: boolean): Step {
  if (isBehind)
    return { title, outcome: 'not-reached', sentence: 'The browser does not get this far.' };
  return { title, outcome: passes ? 'passes' : 'fails', sentence: passes ? yes : no };
}

function ending(asked: PageRequest, isBlocked: boolean): Step {
  const title = 'The answer';
  if (!isBlocked)
    return {
      title,
      outcome: 'passes',
      sentence: `${asked.method} is sent, and the page reads the answer, whatever its status.`,
    };
  const sentence = asksFirst(asked)
    ? `${asked.method} is never sent. The page sees a network error.`
    : "The request has gone out, and unless the policy says `denied: 'reject'` its handler runs. The page sees a network error in place of the answer.";
  return { title, outcome: 'fails', sentence };
}

function leftAlone({ policy }: CorsExplanation): Step {
  const sentence =
    policy === undefined
      ? 'None holds here. This module says nothing, and whatever the application answers stands: without CORS headers of its own, no page reads it.'
      : `It is "${policy}": what the handler or its upstream says stands.`;
  return note('The policy', sentence);
}

function asksFirst({ method, headers }: PageRequest): boolean {
  return !SAFELISTED_METHODS.has(method) || headers.length > 0;
}

function whyItAsks({ method, headers }: PageRequest): string {
  if (!SAFELISTED_METHODS.has(method)) return `${method} is none of GET, HEAD and POST`;
  return headers.length === 1 ? `${headers[0]} is set` : `${headers.join(', ')} are set`;
}

/** Where the URL says which origin it is of. */
function isOwn({ url, origin }: PageRequest): boolean {
  return URL.canParse(url) && new URL(url).origin === origin;
}

function note(title: string, sentence: string): Step {
  return { title, outcome: 'note', sentence };
}

function asSentence(advice: string): string {
  return `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`;
}
