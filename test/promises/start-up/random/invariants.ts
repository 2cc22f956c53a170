import { METHODS } from 'node:http';
import type { Answer } from './exchange.js';
import { allows, listsCredentials, type Meant, namesIn } from './reference.js';

/** A request, what it was answered with, and what should hold where it was sent. */
export interface Observation {
  readonly method: string;
  readonly path: string;
  readonly sent: Readonly<Record<string, string>>;
  readonly answer: Answer;
  readonly policy: Meant | undefined;
  readonly debug: boolean;
}

/** `''`: no `Vary` at all. */
const OURS_IN_VARY = [
  '',
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
  'sec-fetch-site',
];
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Everything that an answer breaks, in words: nobody is allowed who is not configured, nothing is reflected or disclosed. */
export function broken(observation: Observation): readonly string[] {
  return [...soundness(observation), ...reflection(observation), ...disclosure(observation)];
}

const of = ({ answer }: Observation, name: string): readonly string[] =>
  answer.headers[`access-control-${name}`] ?? [];

function* soundness(observation: Observation): Generator<string> {
  const { policy, sent, answer } = observation;
  const origins = of(observation, 'allow-origin');
  const credentials = of(observation, 'allow-credentials');
  const [origin] = origins;
  if (answer.status >= 500) yield `status ${answer.status}`;
  if (origins.length > 1) yield 'more than one Access-Control-Allow-Origin';
  if (origin === 'null') yield 'the origin null is allowed';
  if (origin !== undefined && origin !== '*' && origin !== sent['Origin']) yield 'another origin';
  if (origin === '*' && !allows(policy, 'https://nobody.test')) yield '* for a list';
  if (origin !== undefined && !allows(policy, sent['Origin'] ?? '')) yield 'an origin that is not allowed';
  if (credentials.length > 0 && !listsCredentials(policy, sent['Origin'] ?? '')) yield 'credentials for whom no list names';
  if (credentials.length > 0 && (origin === undefined || origin === '*')) yield 'credentials without an origin';
} // prettier-ignore

function* reflection(observation: Observation): Generator<string> {
  const { policy, sent, answer } = observation;
  const requested = namesIn({ plain: sent['Access-Control-Request-Headers'] ?? '' });
  const configured = typeof policy === 'object' ? namesIn(policy['allowedHeaders']) : [];
  for (const [name, values] of Object.entries(answer.headers))
    if (/^(?:access-control|vary|timing|cross-origin)/.test(name) && !/^[\x20-\x7e]*$/.test(values.join()))
      yield `not validated: ${name}`;
  for (const name of namesOf(observation, 'allow-headers'))
    if (!TOKEN.test(name) || ![...requested, ...configured].includes(name.toLowerCase())) yield `not validated: the header ${name}`;
  for (const name of namesOf(observation, 'allow-methods')) if (!METHODS.includes(name)) yield `not validated: the method ${name}`;
  const varying = typeof policy === 'object' ? namesIn(policy['vary']) : [];
  for (const name of namesIn({ plain: (answer.headers['vary'] ?? []).join() }))
    if (![...OURS_IN_VARY, ...varying].includes(name)) yield `Vary ${name}`;
  for (const age of of(observation, 'max-age')) if (!/^\d{1,5}$/.test(age)) yield `not validated: the age ${age}`;
} // prettier-ignore

const namesOf = (observation: Observation, name: string): readonly string[] =>
  of(observation, name).flatMap((value) => value.split(', '));

/** Who is denied learns nothing: no header but `Vary` tells the answer from one without CORS. */
function* disclosure(observation: Observation): Generator<string> {
  const { answer, debug } = observation;
  if (of(observation, 'allow-origin').length > 0) return;
  const told = Object.keys(answer.headers).filter((name) =>
    /^(?:access-control|timing|cors)-/.test(name),
  );
  const expected = debug ? ['cors-debug'] : [];
  for (const name of told) if (!expected.includes(name)) yield `disclosed: ${name} to an origin that is denied`;
} // prettier-ignore
