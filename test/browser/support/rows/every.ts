import type { Stage } from '../stage.js';
import { A, json } from './row.js';

/** Guards, exceptions, the body parser, and nobody at all. */
export async function everyStatus(stage: Stage): Promise<string[]> {
  const page = await stage.page(A);
  const body = { kind: 'text', value: JSON.stringify('x'.repeat(2000)) } as const;
  return [
    await stage.fetch(page, '/status/401'),
    await stage.fetch(page, '/status/403'),
    await stage.fetch(page, '/nowhere'),
    await stage.fetch(page, '/status/thrown/405'),
    await stage.fetch(page, '/status/413', { method: 'POST', ...json, body }),
    await stage.fetch(page, '/status/thrown/429'),
    await stage.fetch(page, '/status/thrown/500'),
    await stage.fetch(page, '/status/thrown/503'),
  ];
}

/** The platforms differ in which of these they serve. */
const OTHER_SPELLINGS = [
  '/%61/variant',
  '//a/variant',
  '/a//variant',
  '/A/variant',
  '/a/variant%2F',
];

/** Spellings that the platform takes for the route, and others, which fall to the default policy with a readable 404. */
export async function everySpelling(stage: Stage): Promise<object> {
  const page = await stage.page(A);
  const verdicts = [];
  for (const [path, method] of [
    ['/a/variant', 'GET'],
    ['/a/variant', 'HEAD'],
    ['/a/variant/', 'GET'],
  ] as const) {
    verdicts.push(await stage.fetch(page, path, { method, cache: 'no-store' }));
  }
  for (const path of OTHER_SPELLINGS) await stage.fetch(page, path, { cache: 'no-store' });
  const mismatches = stage.received().filter(({ status, answer }) => {
    const governed = status === 200 ? 'X-Variant' : 'X-Default';
    return answer['access-control-expose-headers'] !== governed;
  });
  return { verdicts, mismatches };
}
