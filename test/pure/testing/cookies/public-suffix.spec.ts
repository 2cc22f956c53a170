import { PublicSuffixes } from '../../../../lib/testing/cookies/public-suffix.js';

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
  const guessed = new PublicSuffixes(() => undefined);

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
});
