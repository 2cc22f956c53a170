import { existsSync, readdirSync, readFileSync } from 'node:fs';

const RECIPES = readdirSync('sample/recipes').map((name) => name.replace(/\.ts$/, ''));
const DOCUMENT = readFileSync('docs/recipes.md', 'utf8');
const SHOWN = new Map(
  [...DOCUMENT.matchAll(/^<!-- (sample\/recipes\/\S+) -->\n\n```ts\n(.*?)^```$/gms)].map(
    ([, file = '', code = '']) => [file, code],
  ),
);

describe('docs/recipes.md', () => {
  it.each(RECIPES)('shows the file of the recipe %s as it is', (name) => {
    const file = `sample/recipes/${name}.ts`;
    expect(SHOWN.get(file)).toBe(readFileSync(file, 'utf8'));
  });

  it.each(RECIPES)('has a test that runs the recipe %s', (name) => {
    const spec = `test/recipes/${name}.spec.ts`;
    expect(existsSync(spec) && readFileSync(spec, 'utf8')).toContain(
      `'../../sample/recipes/${name}.js'`,
    );
  });

  it('shows no file that is gone', () => {
    expect([...SHOWN.keys()].sort()).toEqual(RECIPES.map((name) => `sample/recipes/${name}.ts`));
  });
});
