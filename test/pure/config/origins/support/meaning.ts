import { domainToASCII } from 'node:url';
import { parseOriginPattern } from '../../../../../lib/config/origins/origin-pattern.js';
import type { OriginLanguage } from '../../../../../lib/config/origins/language/inclusion.js';

/** Wherever something is written that may be a host: behind a scheme or without one, with a wildcard, with a port. */
const HOSTS =
  /(?<=^|[^\p{L}\p{N}])(?:([a-z][a-z0-9+.-]*):\/\/)?(\*\.)?(\[[0-9a-f:.]+\]|[\p{L}\p{N}\p{M}._-]+)(?::(\d+|\*))?/gu;

const LOOPBACK = /(?:^|\.)localhost\.?$|^127\.|^\[::1\]$/;

/**
 * Everything that a text can be meant to allow: the hosts that are written in it, at the schemes and ports that are. Somebody who
 * allows a host over http allows whoever is on the way to it, and so the host over https too; a dot at the end of a host is a
 * slip; a host without a scheme is one of the web, and of loopback a development server.
 */
export function meantBy(text: string): readonly string[] {
  const written = text.toLowerCase().normalize('NFC');
  const schemes = [...written.matchAll(/([a-z][a-z0-9+.-]*):\/\//g)].flatMap(
    ([, scheme]) => scheme ?? [],
  );
  return [...written.matchAll(HOSTS)]
    .flatMap(([, scheme, wildcard = '', host = '', port]) => {
      const ascii = host.startsWith('[') ? host : domainToASCII(host) || host;
      const own =
        scheme === undefined
          ? schemes.length > 0
            ? []
            : [LOOPBACK.test(ascii) ? 'http' : 'https']
          : [scheme];
      const meant = own.includes('http') ? [...own, 'https'] : own;
      return meant.flatMap((one) =>
        [ascii, ascii.replace(/\.$/, '')].flatMap((name) => {
          const portless =
            port === undefined ||
            port === { http: '80', https: '443' }[one] ||
            port === '443' ||
            port === '80';
          const authority = `${wildcard}${name}`;
          return [
            ...(portless ? [`${one}://${authority}`] : []),
            ...(port ? [`${one}://${authority}:${port}`] : []),
          ];
        }),
      );
    })
    .filter((pattern) => parseOriginPattern(pattern).pattern !== undefined);
}

/**
 * Everything that an entry can be meant to allow, as far as it is proposed. For an expression that is what it accepts, and
 * what it misspells: in capitals, with a slash at the end, or without a scheme.
 */
export function meantOf(
  entry: string | RegExp,
  proposed: readonly (string | RegExp)[],
): OriginLanguage {
  if (typeof entry === 'string') return [...meantBy(entry)];
  const anyCase = new RegExp(entry.source, `${entry.flags.replace(/[giy]/g, '')}i`);
  const misspelt = proposed.filter((origin) => {
    if (typeof origin !== 'string' || origin.includes('*')) return false;
    const bare = origin.replace(/^https?:\/\//, '');
    return [origin, bare].some((text) => anyCase.test(text) || anyCase.test(`${text}/`));
  });
  return [entry, ...misspelt];
}
