import { canonicalHost } from './canonical-host.js';
import { defaultPort, isSpecialScheme, MAX_ORIGIN_LENGTH } from '../../protocol/origin/grammar.js';
import { EXTENSION_SCHEMES, extensionWildcardMessage } from './risk/extension-schemes.js';
import { listProblem } from './list-in-a-string.js';
import { addressFault, originFault, schemelessAdvice } from './origin-fault.js';
import { repairOrigin, repairSchemeless } from './repair-origin.js';
import type { OriginPattern } from '../../protocol/origin/pattern.js';
import { show } from '../../protocol/show-value.js';
import { isRefused } from './risk/refused.js';
import type { NameProblem } from '../policies/method-name.js';

export type OriginPatternResult =
  | { readonly pattern: OriginPattern; readonly problem?: undefined }
  | { readonly pattern?: undefined; readonly problem: NameProblem };

/**
 * Domains and addresses, or the opaque host of a scheme of an application's own (`app://.`). Such a host may hold `*`, `,`
 * and quotes too; here these are a wildcard, a list and a mistake.
 */
const PATTERN =
  /^([a-z][a-z0-9+.-]*):\/\/(?:(\*\.)?([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])|((?:[a-z0-9._~!$&()+;=-]|%[0-9a-f]{2})+))(?::(\*|\d{1,5}))?$/;

/** Reads one configured origin, or says what to write instead. */
export function parseOriginPattern(source: string): OriginPatternResult {
  const match = PATTERN.exec(source);
  if (match === null || source.startsWith('file:')) return { problem: syntaxProblem(source) };
  const [, scheme = '', wildcard, domain, opaque, port = ''] = match;
  if (opaque !== undefined && isSpecialScheme(scheme)) return { problem: syntaxProblem(source) };
  const host = domain ?? opaque ?? '';
  const pattern = { source, scheme, host, port, subdomains: wildcard !== undefined };
  const problem = portProblem(pattern) ?? hostProblem(pattern);
  return problem === undefined ? { pattern } : { problem };
}

function syntaxProblem(source: string): NameProblem {
  const text = source.trim();
  if (/^null$/i.test(text)) {
    return {
      code: 'null-origin',
      message:
        "any site can send `Origin: null` from a sandboxed frame, so 'null' means everyone; write '*' without credentials if that is meant",
    };
  }
  if (/^file:/i.test(text)) {
    return {
      code: 'file-origin',
      message:
        'pages from files have no origin of their own: browsers send `null` for them, Electron and some WebViews `file://`, and every file on the machine sends the same; serve the page over http, or from a scheme of its own such as capacitor://localhost',
    };
  }
  const list = listProblem(source, isAcceptable);
  if (list !== undefined) return { code: 'invalid-origin', message: list };
  return writtenProblem(source);
}

/** A scheme, path, capital or character that is wrong, with or without a wildcard; a misplaced wildcard where it is that. */
function writtenProblem(source: string): NameProblem {
  if (!source.includes('://')) return schemelessProblem(source);
  const repaired = repairOrigin(source);
  const fault = originFault(source);
  if (repaired !== undefined && parseOriginPattern(repaired).pattern !== undefined) {
    return { code: 'invalid-origin', message: `${show(source)}: ${fault}${toWrite(repaired)}` };
  }
  if (source.includes('*')) return wildcardProblem(source);
  return { code: 'invalid-origin', message: `${show(source)} is not an origin: ${fault}` };
}

function wildcardProblem(source: string): NameProblem {
  const [, scheme = ''] = /^([^:]*):\/\//.exec(source) ?? [];
  if (EXTENSION_SCHEMES.has(scheme)) {
    return { code: 'extension-wildcard', message: extensionWildcardMessage(show(source), scheme) };
  }
  return {
    code: 'misplaced-wildcard',
    message:
      `${show(source)}: a wildcard stands for whole labels in front of a host (https://*.example.com) or for the port ` +
      `(https://example.com:*), never for part of a name: https://example.com* would let https://example.com.evil.test in`,
  };
}

function schemelessProblem(source: string): NameProblem {
  const repaired = toWrite(repairSchemeless(source) ?? '');
  if (source.includes('*') && repaired === '') return wildcardProblem(source);
  return {
    code: source.includes('*') ? 'misplaced-wildcard' : 'origin-without-scheme',
    message: `${show(source)} has no scheme, so no browser sends it${repaired || `; ${schemelessAdvice(source)}`}`,
  };
}

/** The end of a message: the origin to write, if it passes all checks itself. */
function toWrite(proposal: string): string {
  return isAcceptable(proposal) ? `; write '${proposal}'` : '';
}

/** The text is an origin, and none that is refused for its risks: not even beside `credentials`, which is not known here. */
function isAcceptable(text: string): boolean {
  const { pattern } = parseOriginPattern(text);
  return pattern !== undefined && !isRefused(pattern);
}

function portProblem({ source, scheme, port }: OriginPattern): NameProblem | undefined {
  if (port === '' || port === '*') return undefined;
  if (port.startsWith('0') || Number(port) > 65535) {
    const message = `${show(source)}: a port is 1 to 65535, without leading zeros`;
    return { code: 'invalid-port', message };
  }
  if (port !== defaultPort(scheme)) return undefined;
  return {
    code: 'default-port',
    message: `browsers leave the default port out${toWrite(source.slice(0, -port.length - 1))}`,
  };
}

function hostProblem({ source, scheme, host, subdomains }: OriginPattern): NameProblem | undefined {
  if (host.length > 254 || source.length > MAX_ORIGIN_LENGTH) {
    const message = `${show(source)} is longer than an origin can be; write the origin that the browser's console shows`;
    return { code: 'invalid-origin', message };
  }
  if (!isSpecialScheme(scheme)) return undefined;
  const numeric = host.startsWith('[') || /(?:^|\.)\d+\.?$/.test(host);
  if (!numeric) return undefined;
  if (subdomains) return wildcardProblem(source);
  const canonical = canonicalHost(host);
  if (canonical === host) return undefined;
  return {
    code: 'non-canonical-ip',
    message: `${show(source)}: ${addressFault(host, canonical, (address) => toWrite(source.replace(`//${host}`, `//${address}`)))}`,
  };
}
