import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';
import { compilerHost, compilerOptions } from './compiler-host.js';

/** A fenced TypeScript block of a document. */
export interface CodeBlock {
  /** `docs/recipes.md:12` */
  readonly place: string;
  readonly document: string;
  readonly code: string;
}

/** What users read: the README and the guides. */
export function guides(): readonly string[] {
  const docs = readdirSync('docs').filter((name) => name.endsWith('.md'));
  return ['README.md', ...docs.map((name) => `docs/${name}`)];
}

export function codeBlocks(document: string): readonly CodeBlock[] {
  const text = readFileSync(document, 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    return { place: `${document}:${line}`, document, code: match[1] ?? '' };
  });
}

const IMPORT = /^import (.*?) from ('[^']+');$/gms;

/** The imports that a piece of code needs: `Module` → `import { Module } from '@nestjs/common';`. */
function importsOf(code: string): ReadonlyMap<string, string> {
  return new Map(
    [...code.matchAll(IMPORT)].flatMap(([, clause = '', from = '']) =>
      clause
        .replaceAll(/[{}]/g, '')
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')
        .map((each): [string, string] => {
          const isNamed = clause.includes('{');
          const name = each.replace(/^type |^.* as /, '');
          return [name, `import ${isNamed ? `{ ${each} }` : each} from ${from};`];
        }),
    ),
  );
}

/**
 * Each block with the imports of the blocks above it in its document, as a reader has them who writes one below the other. What a
 * block imports itself it imports once: a second import of one name is an error of the compiler.
 */
export function withImports(blocks: readonly CodeBlock[]): readonly CodeBlock[] {
  return blocks.map((block, index) => {
    const above = blocks.slice(0, index).filter(({ document }) => document === block.document);
    const inherited = new Map(above.flatMap(({ code }) => [...importsOf(code)]));
    for (const name of importsOf(block.code).keys()) inherited.delete(name);
    return { ...block, code: [...inherited.values(), block.code, 'export {};'].join('\n') };
  });
}

/**
 * The compiler's complaints, by place.
 *
 * @param surroundings declarations of what the documents take for granted
 */
export function complaints(blocks: readonly CodeBlock[], surroundings: string): readonly string[] {
  const sources = new Map<string, CodeBlock>(
    blocks.map((block, index) => [`${process.cwd()}/docs/block-${index}.ts`, block]),
  );
  const ambient = `${process.cwd()}/docs/surroundings.d.ts`;
  const options = { ...compilerOptions(), moduleDetection: ts.ModuleDetectionKind.Force };
  const host = compilerHost(options, (name) =>
    name === ambient ? surroundings : sources.get(name)?.code,
  );
  const program = ts.createProgram([...sources.keys(), ambient], options, host);
  return [...sources, [ambient, { place: 'surroundings' }] as const].flatMap(
    ([file, { place }]) => {
      const source = program.getSourceFile(file);
      return [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ].map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    },
  );
}
