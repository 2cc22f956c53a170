import type { CorsManifestPolicy, CorsManifestPolicyName } from 'nestjs-cors';
import { opennessOf } from '../../../lib/inspector/view/openness.js';

type Origin = CorsManifestPolicy['origin'];
type Credentials = CorsManifestPolicy['credentials'];

const SITE = 'https://app.example';
const CODE = { predicate: 'isTenant', where: 'policies.p.origin' };

const ROWS: readonly (readonly [Origin, Credentials, openness: string, words: string])[] = [
  ['*', false, 'everyone', 'everyone'],
  ['*', [SITE], 'everyone', 'everyone, some with credentials'],
  [[SITE], true, 'listed', 'one site, with credentials'],
  [[SITE, 'https://b.example'], false, 'listed', '2 sites'],
  [['https://*.example.com', SITE], false, 'pattern', 'sites by pattern'],
  [['https://example.com:*'], false, 'pattern', 'sites by pattern'],
  [[{ regexp: '^https:$', flags: '' }], true, 'pattern', 'sites by pattern, with credentials'],
  [[SITE, CODE], false, 'code', 'whoever code lets in'],
  [[], true, 'nobody', 'nobody'],
  [false, false, 'nobody', 'nobody'],
];

describe('how open a place is', () => {
  it.each(ROWS)('origin %j, credentials %j', (origin, credentials, openness, words) => {
    const policies = { p: { origin, credentials } as CorsManifestPolicy };
    expect(opennessOf('p', policies)).toEqual({ openness, words });
  });

  it.each<[CorsManifestPolicyName, string]>([
    [null, 'left-alone'],
    ['passthrough', 'left-alone'],
    ['paths', 'left-alone'],
    [false, 'nobody'],
  ])('a place under %j', (name, openness) => {
    expect(opennessOf(name, {})).toMatchObject({ openness });
  });
});
