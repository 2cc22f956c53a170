import { BadRequestException } from '@nestjs/common';
import { isRequestableMethod } from '../../protocol/methods.js';
import { parseRequestedHeaders } from '../../protocol/requested-headers.js';

/** The explain form as it was sent. */
export type AskedFor = Readonly<Record<string, unknown>>;

/** A request of a page, to be explained. */
export interface PageRequest {
  readonly method: string;
  readonly url: string;
  readonly origin: string;
  /** Names of the headers that a script sets, beyond the safelisted ones; in lower case. */
  readonly headers: readonly string[];
  readonly credentials: boolean;
}

const LONGEST = 2000;

/** @throws BadRequestException with a sentence for the form */
export function readQuestion(asked: AskedFor): PageRequest {
  const method = text(asked, 'method').toUpperCase();
  if (!isRequestableMethod(method))
    refuse('The method is none that a browser sends, such as GET or PUT.');
  const url = text(asked, 'url');
  if (!isTarget(url))
    refuse('The URL is a path, such as /orders/7, or begins with https:// or http://.');
  const origin = text(asked, 'origin');
  if (origin === '') refuse('The origin is that of a page, such as https://app.example.com.');
  const { names } =
    parseRequestedHeaders(text(asked, 'headers')) ??
    refuse('The headers are names with commas between them.');
  return { method, url, origin, headers: names, credentials: text(asked, 'credentials') !== '' };
}

/** A parameter that is given twice arrives as a list. */
function text(asked: AskedFor, name: string): string {
  const value = asked[name] ?? '';
  if (typeof value !== 'string' || value.length > LONGEST)
    refuse(`\`${name}\` is given once, and short.`);
  return value.trim();
}

function isTarget(url: string): boolean {
  return /^https?:\/\//i.test(url)
    ? URL.canParse(url)
    : url.startsWith('/') && !/[^\x21-\x7e]/.test(url);
}

function refuse(message: string): never {
  throw new BadRequestException(message);
}
