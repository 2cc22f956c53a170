import { entriesOf, readManifest } from './scripts/build/entries.mjs';

/** The API reference of everything that package.json exports; a reference that leads nowhere is an error. */
export default {
  name: 'nestjs-cors',
  entryPoints: entriesOf(readManifest()).map(({ file }) => `lib/${file}.ts`),
  tsconfig: 'tsconfig.build.json',
  out: 'reference',
  readme: 'README.md',
  excludeInternal: true,
  excludePrivate: true,
  disableSources: true,
  disableGit: true,
  githubPages: false,
  blockTags: [
    '@publicApi',
    '@param',
    '@returns',
    '@throws',
    '@default',
    '@example',
    '@see',
    '@deprecated',
    '@remarks',
    '@typeParam',
    '@template',
  ],
  // Unions computed from a table: the reference shows the name, docs/errors.md every code.
  intentionallyNotExported: ['CODES', 'RiskOf'],
  treatWarningsAsErrors: true,
};
