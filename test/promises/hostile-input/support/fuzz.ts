import { METHODS } from 'node:http';
import type { Random } from '../../../support/random.js';
import type { HeaderLine } from '../../../support/raw.js';
import { wire, type WireRequest } from '../../../support/connection.js';

/** A request made to be answered, and what was sent in it. */
export interface FuzzRequest extends WireRequest {
  readonly headers: readonly HeaderLine[];
}

const SENDABLE = METHODS.filter((method) => method !== 'CONNECT');

const STRANGERS = ['https://evil.test', 'null', '*', '', 'https://a', 'https://[::1]:8080'];

/** Paths, each with an origin that is allowed there. */
const TARGETS: readonly (readonly [path: string, origin: string])[] = [
  ['shop', 'https://app.example.com'],
  ['shop/7', 'https://app.example.com'],
  ['listed', 'https://b.example'],
  ['open', 'https://evil.test'],
  ['pattern', 'https://x.a.example'],
  ['pattern', 'https://port.example:8443'],
  ['regexp', 'https://one.rx.example'],
  ['strict', 'https://app.example.com'],
  ['asked', 'https://async.example'],
  ['files/a/b', 'https://b.example'],
  ['raw', 'https://b.example'],
  ['nowhere', 'https://default.example'],
  ['', 'https://default.example'],
  ['listed?x=1#y', 'https://b.example'],
];

const AUTHORITIES = ['http://localhost', 'http://[::1', 'https://user@b.test:99', 'http://b.test:'];

const NAMES = [
  'x-one', 'content-type', 'authorization', '*', '__proto__', 'constructor', 'X-ONE', '', ' ', '\t',
  'a'.repeat(300), 'x(y)', 'ü', '"x"', ',,,,', 'x-one x-two',
]; // prettier-ignore

const ASKED = [
  ...METHODS,
  '*',
  'patch',
  'get',
  '',
  'PUT, DELETE',
  '__proto__',
  'constructor',
  'ALL',
];

/** Headers that may change what CORS says; framing headers are left to {@link garbage}. */
const OTHERS: readonly HeaderLine[] = [
  ['Vary', '*'],
  ['Host', 'partner.test'],
  ['X-Forwarded-Host', ',,,'],
  ['Sec-Fetch-Site', 'cross-site'],
  ['Sec-Fetch-Site', 'same-origin'],
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Request-Private-Network', 'true'],
  ['Cookie', 'a=b; c'],
  ['X-Tenant', '\xff'],
];

const SPLICES = [
  '%', '%00', '%2e%2e', '%2f', '%zz', '%c0%ae', '..', '.', '//', '\\', ';', '?', '#', '@', ':', ':443',
  ',', ', ', '\t', ' ', '\xa0', '\xff', '\x85', '`', '"', '{', '[', ']', '|', '^', 'https://', 'null', '*',
]; // prettier-ignore

/** A CORS request in which anything may be wrong but the framing. */
export function framedRequest(random: Random): FuzzRequest {
  const method = random.chance(0.6) ? 'OPTIONS' : random.pick(SENDABLE);
  const headers: HeaderLine[] = [];
  const add = (name: string, value: string, probability: number): void => {
    if (!random.chance(probability)) return;
    headers.push([name, value]);
    if (random.chance(0.03)) headers.push([name.toLowerCase(), value]);
  };
  const [path, friend] = random.pick(TARGETS);
  const origin = random.chance(0.7) ? friend : random.pick(STRANGERS);
  add('Origin', mutated(random, origin, 0.3), 0.95);
  add('Access-Control-Request-Method', mutated(random, random.pick(ASKED), 0.2), 0.9);
  add('Access-Control-Request-Headers', names(random), 0.6);
  while (random.chance(0.2)) headers.push(random.pick(OTHERS));
  return { ...wire({ method, path: target(random, path), headers }), headers };
}

/** Node's parser refuses other bytes in a target, and authorities it cannot read: those are left to {@link garbage}. */
function target(random: Random, path: string): string {
  if (random.chance(0.02)) return '*';
  const authority = random.chance(0.1) ? random.pick(AUTHORITIES) : '';
  return `${authority}/${mutated(random, path, 0.3).replace(/[^\x21-\x7e]/g, '')}`;
}

function names(random: Random): string {
  const count = random.chance(0.02) ? random.below(600) : random.below(5);
  const separator = random.pick([',', ', ', ' ,', ',,', '\t,\t', ';']);
  const list = Array.from({ length: count }, () => random.pick(NAMES));
  return mutated(random, list.join(separator).slice(0, 8000), 0.2);
}

/** Bytes that Node's parser lets through in a header, so that more than the parser is tried. */
function deliverable(random: Random): string {
  const byte = 0x20 + random.below(0xe0);
  return byte === 0x7f ? '\t' : String.fromCharCode(byte);
}

function mutated(random: Random, value: string, probability: number): string {
  let result = value;
  while (random.chance(probability)) {
    const at = random.below(result.length + 1);
    const insert = random.chance(0.5) ? random.pick(SPLICES) : deliverable(random);
    switch (random.below(6)) {
      case 0:
        result = result.slice(0, at) + result.slice(at + 1);
        break;
      case 1:
        result = result.replace(/[a-z]/g, (letter) => letter.toUpperCase());
        break;
      case 2:
        result = result.slice(0, 200) + result;
        break;
      case 3:
        result = result.slice(0, at) + insert + result.slice(at + 1);
        break;
      default:
        result = result.slice(0, at) + insert + result.slice(at);
    }
  }
  return result;
}

const FRAMING: readonly HeaderLine[] = [
  ['Content-Length', '5'],
  ['Content-Length', '-1'],
  ['Transfer-Encoding', 'chunked'],
  ['Transfer-Encoding', 'identity, chunked'],
  ['Expect', '100-continue'],
  ['Expect', 'nothing'],
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
  ['Connection', 'close'],
];

/** Bytes that may be no request at all. Only the head of what comes back is read, hence the method. */
export function garbage(random: Random): WireRequest {
  if (random.chance(0.2)) {
    const length = random.below(400);
    const bytes = Array.from({ length }, () => String.fromCharCode(random.below(256))).join('');
    return { method: 'HEAD', bytes: `${bytes}\r\n\r\n` };
  }
  let { bytes } = framedRequest(random);
  if (random.chance(0.3)) {
    const [name, value] = random.pick(FRAMING);
    bytes = bytes.replace('\r\n', `\r\n${name}: ${value}\r\n`);
  }
  for (let flips = random.below(6); flips > 0; flips--) {
    const at = random.below(bytes.length);
    const byte = String.fromCharCode(random.below(256));
    bytes = bytes.slice(0, at) + byte + bytes.slice(at + random.below(3));
  }
  return { method: 'HEAD', bytes: `${bytes}\r\n\r\n` };
}
