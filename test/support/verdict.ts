import { corsLines } from './observe.js';
import type { RawHead } from './raw.js';

/**
 * What a response says about CORS, in one line: the status and the origins allowed, `-` for none at all.
 * `200 https://app.example.com +credentials`, `403 -`.
 */
export function verdict(response: Pick<RawHead, 'status' | 'headers'>): string {
  const lines = corsLines(response);
  const value = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  const origins = value('access-control-allow-origin');
  const others = lines.filter((line) => !line.startsWith('access-control-allow-origin'));
  if (origins.length === 0 && others.length > 0) return `${response.status} STRAY ${lines.join()}`;
  const credentials = value('access-control-allow-credentials').length > 0 ? ' +credentials' : '';
  return `${response.status} ${origins.join(' AND ') || '-'}${credentials}`;
}

/** The methods that a preflight lists. */
export function listed({ headers }: Pick<RawHead, 'headers'>): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'access-control-allow-methods')?.[1];
}

/** `Access-Control-Allow-Headers`. */
export function allowedHeaders({ headers }: Pick<RawHead, 'headers'>): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'access-control-allow-headers')?.[1];
}
