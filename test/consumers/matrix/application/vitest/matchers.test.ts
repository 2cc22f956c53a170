import { corsMatchers, type CorsMatchers } from 'nestjs-cors/testing';
import { expect, it } from 'vitest';

declare module 'vitest' {
  interface Matchers extends CorsMatchers {}
}
expect.extend(corsMatchers);

it('has matchers that TypeScript knows', () => {
  const readable = { allowed: true, type: 'cors' };
  expect(readable).toBeReadable();
  expect(readable).not.toBeBlocked();
});
