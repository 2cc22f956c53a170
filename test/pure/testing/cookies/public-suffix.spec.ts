import { PublicSuffixes } from '../../../../lib/testing/cookies/public-suffix.js';

const notInstalled = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code });
};

/** A host, whether it is a public suffix, and what somebody registered of it: with `tldts`, and without. */
const rows: readonly [string, boolean, string, boolean, string][] = [
  ['com', true, 'com', true, 'com'],
  ['api.example.com', false, 'example.com', false, 'example.com'],
  ['co.uk', true, 'co.uk', false, 'co.uk'],
  ['a.shop.co.uk', false, 'shop.co.uk', false, 'co.uk'],
  ['me.github.io', false, 'me.github.io', false, 'github.io'],
  ['a.b.test', false, 'b.test', false, 'b.test'],
  ['localhost', true, 'localhost', true, 'localhost'],
  ['127.0.0.1', false, '127.0.0.1', false, '127.0.0.1'],
  ['[::1]', false, '[::1]', false, '[::1]'],
];

describe('public suffixes', () => {
  const listed = new PublicSuffixes();
  const guessed = new PublicSuffixes(notInstalled('MODULE_NOT_FOUND'));

  it.each(rows)('%s', (host, isListed, domain, isGuessed, guessedDomain) => {
    expect([listed.isPublicSuffix(host), listed.registrableDomain(host)]).toEqual([
      isListed,
      domain,
    ]);
    expect([guessed.isPublicSuffix(host), guessed.registrableDomain(host)]).toEqual([
      isGuessed,
      guessedDomain,
    ]);
  });

  it('a tldts that is there and does not load is no missing one', () => {
    const broken = new PublicSuffixes(notInstalled('ERR_SOMETHING'));
    expect(() => broken.isPublicSuffix('com')).toThrow('ERR_SOMETHING');
  });
});
