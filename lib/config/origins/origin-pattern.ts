import { canonicalHost } from './canonical-host.js';
import { defaultPort, MAX_ORIGIN_LENGTH, parseOrigin } from '../../protocol/origin/grammar.js';
import { EXTENSION_SCHEMES, extensionWildcardMessage } from './risk/extension-schemes.js';
import { listProblem } from './list-in-a-string.js';
import type { OriginPattern } from '../../protocol/origin/pattern.js';
import { show } from '../../protocol/show-value.js';
import type { NameProblem } from '../policies/method-name.js';

export type OriginPatternResult =
  | { readonly pattern: OriginPattern; readonly problem?: undefined }
  | { readonly pattern?: undefined; readonly problem: NameProblem };

const PATTERN =
  /^([a-z][a-z0-9+.-]*):\/\/(\*\.)?([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(?::(\*|\d{1,5}))?$/;

/** Reads one configured origin, or says what to write instead. */
export function parseOriginPattern(source: string): OriginPatternResult {
  const match = PATTERN.exec(source);
  if (match === null || source.startsWith('file:')) return { problem: syntaxProblem(source) };
  const [, scheme = '', wildcard, host = '', port = ''] = match;
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
  const list = listProblem(source, (part) => parseOriginPattern(part).pattern !== undefined);
  if (list !== undefined) return { code: 'invalid-origin', message: list };
  if (text.includes('*')) return wildcardProblem(source);
  if (!text.includes('://')) return schemelessProblem(source);
  return { code: 'invalid-origin', message: `${show(source)} is not an origin: ${repair(source)}` };
}

function wildcardProblem(source: string): NameProblem {
  const [, scheme = ''] = /^([^:]*):\/\//.exec(source) ?? [];
  if (EXTENSION_SCHEMES.has(scheme)) {
    return { code: 'extension-wildcard', message: extensionWildcardMessage(show(source), scheme) };
  }
  const withScheme = `https://${source}`;
  const fix = PATTERN.test(withScheme) ? `; write '${withScheme}'` : '';
  return {
    code: 'misplaced-wildcard',
    message:
      `${show(source)}: a wildcard stands for whole labels in front of a host (https://*.example.com) or for the port ` +
      `(https://example.com:*), never for part of a name: https://example.com* would let https://example.com.evil.test in${fix}`,
  };
}

function schemelessProblem(source: string): NameProblem {
  const repaired = serialise(`https://${source.trim()}`);
  const fix = repaired === undefined ? 'write scheme://host' : `write '${repaired}'`;
  return {
    code: 'origin-without-scheme',
    message: `${show(source)} has no scheme, so no browser sends it; ${fix}`,
  };
}

/** What a browser would send for a URL that someone pasted. */
function repair(source: string): string {
  const repaired = serialise(source.trim());
  return repaired === undefined || repaired === source
    ? 'an origin is scheme://host or scheme://host:port, in lower case'
    : `browsers send no path, query, user name or capital letters; write '${repaired}'`;
}

function serialise(source: string): string | undefined {
  if (!URL.canParse(source)) return undefined;
  const { protocol, host } = new URL(source);
  const origin = `${protocol}//${host}`;
  return parseOrigin(origin) === undefined ? undefined : origin;
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
    message: `browsers leave the default port out; write '${source.slice(0, -port.length - 1)}'`,
  };
}

function hostProblem({ source, host, subdomains }: OriginPattern): NameProblem | undefined {
  if (host.length > 254 || source.length > MAX_ORIGIN_LENGTH) {
    const message = `${show(source)} is longer than an origin can be; write the origin that the browser's console shows`;
    return { code: 'invalid-origin', message };
  }
  const numeric = host.startsWith('[') || /(?:^|\.)\d+\.?$/.test(host);
  if (!numeric) return undefined;
  if (subdomains) return wildcardProblem(source);
  const canonical = canonicalHost(host);
  if (canonical === host) return undefined;
  const fix =
    canonical === undefined
      ? 'it is no IP address'
      : `browsers send the address in its shortest form; write '${source.replace(host, canonical)}'`;
  return { code: 'non-canonical-ip', message: `${show(source)}: ${fix}` };
}
