import { accommodates, DOT, memberOf, WIDE, LABEL, NUMBER, type Skeleton } from './shape.js';

/** What an attacker would put where an expression leaves room. */
const FILLINGS: readonly string[] = [
  '.evil.test',
  'evil',
  'evil.test',
  'evil.test/',
  'evil.test#',
  'evil/',
  'evil#',
  'evil@',
  'evil:1',
  'evil_',
  '@evil.test',
  'hostile/',
  'https://evil',
  'https://evil.test/',
  'net',
  'io',
  '_',
  'E',
  '/',
  '@',
  '#',
  '.',
  ':',
  '9',
];

const SUFFIXES: readonly string[] = ['.evil.test', 'evil.test', '/evil.test', '@evil.test', '#'];
const PREFIXES: readonly string[] = [
  'https://evil',
  'https://evil.',
  'evil',
  'https://evil.test/',
  'https://evil.test#',
];

/** Inputs beyond the ends that an anchor should have closed. */
export function endAttacks(skeleton: Skeleton): readonly string[] {
  const member = memberOf(skeleton);
  const complete = member.includes('://') ? member : `https://${member.replace(/^\.+/, 'a.')}`;
  return [
    ...SUFFIXES.flatMap((suffix) => [complete + suffix, member + suffix]),
    ...PREFIXES.map((prefix) => prefix + member),
    `https://evil.test\n${member}`,
    `${member}\nhttps://evil.test`,
  ];
}

/** Members of the language that use what one piece leaves open. */
export function pieceAttacks(skeleton: Skeleton, at: number): readonly string[] {
  const piece = skeleton.pieces[at];
  const odd = [...(piece?.chars ?? [])].filter((character) => /[^a-z0-9-]/.test(character));
  return [...FILLINGS, ...odd]
    .filter((filling) => accommodates(piece, filling))
    .map((filling) => memberOf(skeleton, (index) => (index === at ? filling : undefined)));
}

/** Members of the language with `x` for an unescaped dot, the first dot first. */
export function dotAttacks(skeleton: Skeleton): readonly string[] {
  const dots = [...skeleton.text].flatMap((symbol, index) => (symbol === DOT ? [index] : []));
  return dots.map((at) => memberOf(skeleton, (index) => (index === at ? 'x' : undefined)));
}

/** Members of the language with every open piece at its plainest and, where it may, longer. */
export function samplesOf(skeleton: Skeleton): readonly string[] {
  const longer = (index: number): string | undefined => {
    const open = [WIDE, LABEL, NUMBER].includes(skeleton.text.charAt(index));
    return open ? longerFilling(skeleton, index) : undefined;
  };
  return [...new Set([memberOf(skeleton), memberOf(skeleton, longer)])];
}

function longerFilling(skeleton: Skeleton, index: number): string | undefined {
  return ['b-9', 'app', '8080', 'b9', '42', 'z', '7'].find((text) =>
    accommodates(skeleton.pieces[index], text),
  );
}

/** What no browser of a page that was meant would send, if `member` is an origin that was. */
export function mutantsOf(member: string): readonly string[] {
  const [, scheme = '', authority = ''] = /^([^:]*):\/\/(.*)$/s.exec(member) ?? [];
  const host = authority.replace(/:\d*$/, '');
  return [
    ...[
      '+.evil.test',
      '_.evil.test',
      ',.evil.test',
      '`.evil.test',
      '.evil.test',
      'evil.test',
    ].flatMap((suffix) => [member + suffix, `${scheme}://${host}${suffix}`]),
    ...[
      'evil',
      'evil.test@',
      'evil.test/',
      'evil.test/#',
      'evil.test#@',
      'evil.test?',
      'evil.test\\',
    ].map((prefix) => `${scheme}://${prefix}${authority}`),
    ...[...member].flatMap((character, index) =>
      character === '.' ? [`${member.slice(0, index)}x${member.slice(index + 1)}`] : [],
    ),
    `http://${authority}`,
    `evil${member}`,
    `${scheme}://${host}:1`,
    ...['/', '.', '@evil.test', '#', '\n', '\u0000', ' '].map((suffix) => member + suffix),
    ` ${member}`,
    `https://evil.test\n${member}`,
    `${member}\nhttps://evil.test`,
    `${member}, https://evil.test`,
    authority,
  ];
}

/** Accepted by nothing that names origins. */
export const NEVER_ORIGINS: readonly string[] = ['null', '', 'undefined'];
