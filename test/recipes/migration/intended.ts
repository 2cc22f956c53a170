import type { Change } from './changes.js';

/** A difference that the move is meant to make. `docs/migration.md` shows title and reason as a row of its table. */
export interface Intended {
  readonly title: string;
  readonly reason: string;
  readonly covers: (change: Change) => boolean;
}

const isCors = ({ line }: Change): boolean => line.startsWith('access-control-');
const isGone = (change: Change): boolean => isCors(change) && change.after === undefined;
const isPlainOptions = ({ question }: Change): boolean => question.startsWith('OPTIONS that');
const isDenied = ({ isPreflight, statuses: [, after] }: Change): boolean =>
  isPreflight && after === 403;
const isGranted = (change: Change): boolean => change.isPreflight && !isDenied(change);
const names = (list = ''): readonly string[] => list.split(',').map((name) => name.trim());

/** A change is covered by the first that covers it; what none covers is a fault. */
export const INTENDED: readonly Intended[] = [
  {
    title: '`OPTIONS` that is no preflight reaches the application',
    reason:
      'The old layers answer it themselves, Express with 204 and Fastify with 400; now your own handler or the 404 does',
    covers: (change) =>
      isPlainOptions(change) &&
      (['status', 'body', 'vary'].includes(change.line) || isGone(change)),
  },
  {
    title: 'A denied preflight is a 403 without a body',
    reason: 'It was a success without the one header that counts, or a 404 of the application',
    covers: (change) => isDenied(change) && ['status', 'body'].includes(change.line),
  },
  {
    title: 'Who may not read is told nothing',
    reason:
      'Strangers, and requests without `Origin`, were sent credentials, exposed headers, or the one allowed origin',
    covers: (change) => isGone(change) && (isDenied(change) || change.asker !== 'a reader'),
  },
  {
    title: '`Access-Control-Allow-Methods` has what this URL serves',
    reason: 'It was a constant list, on Fastify one without `PUT`, `PATCH` and `DELETE`',
    covers: (change) =>
      change.line === 'access-control-allow-methods' &&
      isGranted(change) &&
      change.after !== undefined,
  },
  {
    title: '`Access-Control-Allow-Headers` only where the preflight asks for headers',
    reason: 'Browsers look at it for the headers that they ask for',
    covers: ({ line, question, after, ...change }) =>
      change.isPreflight &&
      line === 'access-control-allow-headers' &&
      after === undefined &&
      !/ with /i.test(question),
  },
  {
    title: '`Access-Control-Expose-Headers` on responses only',
    reason: 'Browsers do not look at it on preflights',
    covers: (change) =>
      change.isPreflight && change.line === 'access-control-expose-headers' && isGone(change),
  },
  {
    title: 'Lists have a space after the comma',
    reason: 'The names are the same',
    covers: (change) =>
      isCors(change) &&
      isGranted(change) &&
      names(change.before).join() === names(change.after).join(),
  },
  {
    title: 'Browsers remember a preflight for ten minutes',
    reason:
      'Without `Access-Control-Max-Age` they ask again after five seconds; `maxAge` says otherwise',
    covers: (change) =>
      isGranted(change) &&
      change.line === 'access-control-max-age' &&
      change.before === undefined &&
      change.after === '600',
  },
  {
    title: '`Vary` of a preflight has all three names',
    reason: 'The answer depends on them, and a cache in front that keeps `OPTIONS` has to know',
    covers: (change) =>
      change.isPreflight &&
      change.line === 'vary' &&
      change.after === 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  },
  {
    title: '`Vary: Origin` wherever the answer depends on the origin',
    reason:
      'Delegates, and one origin as a string on Fastify, came without, so that a cache could serve one reader’s copy to another',
    covers: (change) =>
      !change.isPreflight &&
      change.line === 'vary' &&
      change.before === undefined &&
      change.after === 'Origin',
  },
  {
    title: 'Preflights do not say `X-Powered-By: Express`',
    reason: 'They are answered before Express',
    covers: (change) =>
      change.isPreflight && change.line === 'x-powered-by' && change.after === undefined,
  },
];
