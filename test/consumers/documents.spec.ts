import { brokenLinks } from './support/links.js';
import { codeBlocks, complaints, guides, withImports } from './support/code-blocks.js';

/** What the guides take for granted: the reader's application, and a test framework that is not installed here. */
const SURROUNDINGS = `
declare const app: import('@nestjs/platform-express').NestExpressApplication;
declare const web: import('nestjs-cors/testing').Browser;
declare const page: import('nestjs-cors/testing').Page;
declare class AppModule {}
declare const publisher: import('nestjs-cors/redis').CorsPublisher;
declare class InnerModule {}
declare const outer: import('@nestjs/platform-express').NestExpressApplication;
declare const policies: { readonly app: import('nestjs-cors').CorsPolicyOptions };
declare const controllers: [];
declare const legacy: ReturnType<typeof import('cors')>;
declare module 'vitest' {
  interface Matchers<T = unknown> { readonly of?: T }
}
`;

describe('the TypeScript of README and guides', () => {
  it('compiles as it stands, with the imports that stand above it', () => {
    const blocks = withImports(guides().flatMap(codeBlocks));
    expect(blocks.length).toBeGreaterThan(15);
    expect(complaints(blocks, SURROUNDINGS)).toEqual([]);
  });

  it('is checked: a planted mistake is found', () => {
    const block = (place: string, code: string) => ({ place, document: 'x', code });
    const planted = block('second', "CorsModule.forRoot({ defualt: 'app' });");
    const [, second] = withImports([
      block('first', "import { CorsModule } from 'nestjs-cors';"),
      planted,
    ]);
    const found = complaints([{ ...planted, place: 'alone' }, second ?? planted], '');
    expect(found).toEqual([
      expect.stringContaining('alone: Cannot find name'),
      expect.stringContaining('second: Object literal may only specify known properties'),
    ]);
  });
});

describe('the links of README and guides', () => {
  it.each(guides())('%s leads to files and headings that exist', (document) => {
    expect(brokenLinks(document)).toEqual([]);
  });
});
