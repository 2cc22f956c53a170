import type { CorsExplanation } from 'nestjs-cors';
import type { PageRequest } from '../../../lib/inspector/view/read-question.js';
import { stepsOf } from '../../../lib/inspector/view/steps.js';

const GET: PageRequest = {
  method: 'GET',
  url: '/orders',
  origin: 'https://page.example',
  headers: [],
  credentials: false,
};

const PASSES: CorsExplanation = {
  method: 'GET',
  url: '/orders',
  source: 'route',
  where: 'OrdersController.all',
  policy: 'partners',
  originAllowed: true,
  credentials: false,
  preflight: { status: 204, headers: {} },
  reason: 'allowed',
  advice: undefined,
};

const denied = (reason: CorsExplanation['reason'], originAllowed: boolean): CorsExplanation => ({
  ...PASSES,
  originAllowed,
  reason,
  advice: 'the advice',
});

type Marks = readonly string[];

/** A request, what the inspector explains of it, and what becomes of the steps that compare; the rest are notes. */
const ROWS: readonly (readonly [string, Partial<PageRequest>, CorsExplanation, Marks])[] = [
  ['a GET that may read', {}, PASSES, ['The origin passes', 'The answer passes']],
  ['a PUT that may be sent', { method: 'PUT' }, PASSES, ['The origin passes', 'The method passes', 'The answer passes']],
  ['a POST with a header', { method: 'POST', headers: ['x-a'] }, PASSES, ['The origin passes', 'The method passes', 'The headers passes', 'The answer passes']],
  ['a stranger', { method: 'PUT', headers: ['x-a'] }, denied('origin-denied', false), ['The origin fails', 'The method not-reached', 'The headers not-reached', 'The answer fails']],
  ['@NoCors()', {}, denied('no-policy', false), ['The origin fails', 'The answer fails']],
  ['a method', { method: 'PUT', headers: ['x-a'] }, denied('method-denied', true), ['The origin passes', 'The method fails', 'The headers not-reached', 'The answer fails']],
  ['a header', { headers: ['x-a'] }, denied('headers-denied', true), ['The origin passes', 'The method passes', 'The headers fails', 'The answer fails']],
  ['cookies where none may be sent', { credentials: true }, PASSES, ['The origin passes', 'Credentials fails', 'The answer fails']],
  ['cookies', { credentials: true }, { ...PASSES, credentials: true }, ['The origin passes', 'Credentials passes', 'The answer passes']],
  ['no policy', {}, { ...PASSES, policy: undefined, preflight: undefined, reason: 'left-alone' }, []],
  ['passthrough', {}, { ...PASSES, policy: 'passthrough', preflight: undefined, reason: 'left-alone' }, []],
  ['the own origin', { url: 'https://page.example/orders' }, denied('origin-denied', false), []],
]; // prettier-ignore

describe("a browser's steps", () => {
  it.each(ROWS)('for %s', (_name, asked, explanation, marks) => {
    const steps = stepsOf({ ...GET, ...asked }, explanation);
    const decided = steps.filter(({ outcome }) => outcome !== 'note');
    expect(decided.map(({ title, outcome }) => `${title} ${outcome}`)).toEqual(marks);
    for (const { sentence } of steps) expect(sentence).toMatch(/^[A-Z@"h].*\.$/);
  });

  it('say the advice where it stops, and what became of the request', () => {
    const [simple, asking] = [GET, { ...GET, method: 'PUT' }].map((asked) =>
      stepsOf(asked, denied('origin-denied', false)).map(({ sentence }) => sentence),
    );
    expect(simple).toContain('The advice.');
    expect(simple?.at(-1)).toContain('has gone out');
    expect(asking?.at(-1)).toContain('is never sent');
  });
});
