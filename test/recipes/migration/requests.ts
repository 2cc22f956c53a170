import type { RawRequest } from '../../support/raw.js';
import { get, preflight, request } from '../../support/row.js';

const [APP, STRANGER] = ['https://app.example.com', 'https://stranger.example'] as const;
const JSON_BODY = [['Content-Type', 'application/json']] as const;

/** Who asks decides what is meant to change: a stranger's answers are not those of a reader. */
export type Asker = 'a reader' | 'a stranger' | 'nobody';

export interface Question {
  readonly name: string;
  readonly asker: Asker;
  readonly isPreflight: boolean;
  readonly request: RawRequest;
}

function actual(asker: Asker, origin?: string): readonly Question[] {
  const questions: Readonly<Record<string, RawRequest>> = {
    'a GET': get('/cats', origin),
    'a GET with a parameter': get('/cats/7', origin),
    'a HEAD': request('HEAD', '/cats', origin),
    'a POST': request('POST', '/cats', origin, JSON_BODY, '{"name":"Tom"}'),
    'malformed JSON': request('POST', '/cats', origin, JSON_BODY, '{"name":'),
    'a PUT': request('PUT', '/cats/7', origin),
    'an unknown path': get('/dogs', origin),
    'OPTIONS that is no preflight': request('OPTIONS', '/cats', origin),
  };
  return named(questions, asker, false);
}

function preflights(asker: Asker, origin: string): readonly Question[] {
  const questions: Readonly<Record<string, RawRequest>> = {
    'for PUT': preflight('/cats/7', 'PUT', origin),
    'for DELETE': preflight('/cats/7', 'DELETE', origin),
    'for POST with JSON': preflight('/cats', 'POST', origin, 'content-type'),
    'for GET with a token': preflight('/cats', 'GET', origin, 'authorization'),
    'for GET with another header': preflight('/cats', 'GET', origin, 'x-other'),
    'for a method that nobody serves': preflight('/cats/7', 'PATCH', origin),
    'for an unknown path': preflight('/dogs', 'PUT', origin),
  };
  return named(questions, asker, true);
}

function named(
  requests: Readonly<Record<string, RawRequest>>,
  asker: Asker,
  isPreflight: boolean,
): readonly Question[] {
  return Object.entries(requests).map(([name, each]) => ({
    name: `${isPreflight ? 'a preflight ' : ''}${name} from ${asker}`,
    asker,
    isPreflight,
    request: each,
  }));
}

export const QUESTIONS: readonly Question[] = [
  ...actual('nobody'),
  ...actual('a reader', APP),
  ...actual('a stranger', STRANGER),
  ...preflights('a reader', APP),
  ...preflights('a stranger', STRANGER),
];
