// Builds the package. The compiler makes dist/tsc of lib/, a file each; of these dist/cjs and dist/esm are made, few files each, and
// dist/src holds the sources that "go to definition" leads to. What is to be built follows from the names in package.json.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { bundleCode, bundleTypes, copyStanding } from './build/bundle.mjs';
import { alignManifest, commandsOf, entriesOf, readManifest } from './build/entries.mjs';

alignManifest();
const manifest = readManifest();
const entries = entriesOf(manifest).map(({ file }) => file);

rmSync('dist', { recursive: true, force: true });
const tsc = 'node_modules/typescript/bin/tsc';
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

await bundleCode([...entries, ...commandsOf(manifest)]);
await bundleTypes(entries);
copyStanding();
writeFileSync('dist/cjs/package.json', '{"type":"commonjs"}\n');
