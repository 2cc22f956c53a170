import ts from 'typescript';
import { compilerHost, compilerOptions } from './support/compiler-host.js';

/** The compiler's complaints about a snippet that uses the library. */
function complaints(snippet: string): string[] {
  const file = `${process.cwd()}/test/snippet.ts`;
  const options = compilerOptions();
  const host = compilerHost(options, (name) => (name === file ? snippet : undefined));
  const program = ts.createProgram([file], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const AUGMENTATION = `declare module 'nestjs-cors' { interface CorsPolicyNames { app: true; public: true } }\n`;

describe('the types', () => {
  it('accept any policy name until names are declared', () => {
    expect(complaints(`import { CorsPolicy } from 'nestjs-cors'; CorsPolicy('whatever');`)).toEqual(
      [],
    );
  });

  it('accept declared names only, once names are declared', () => {
    const snippet = `import { CorsPolicy } from 'nestjs-cors';\n${AUGMENTATION}`;
    expect(complaints(`${snippet}CorsPolicy('app'); CorsPolicy({ extends: 'public' });`)).toEqual(
      [],
    );
    expect(complaints(`${snippet}CorsPolicy('paths'); CorsPolicy('passthrough');`)).toEqual([]);
    expect(complaints(`${snippet}CorsPolicy('partners');`)).toEqual([
      expect.stringContaining(`'"partners"' is not assignable`),
    ]);
  });

  it('know every code of an issue', () => {
    const snippet = `import type { CorsConfigurationIssue } from 'nestjs-cors';
      export const isMeant = ({ code }: CorsConfigurationIssue): boolean => {
        switch (code) {
          case 'null-origin': case 'max-age-capped': return true;
          case 'null-orign': return true;
          default: return false;
        }
      };`;
    expect(complaints(snippet)).toEqual([expect.stringContaining('"null-orign"')]);
  });

  it.each([
    [`{ origin: '*', dangerouslyAllow: ['null-origin'] }`, 'PolicyRisk'],
    [`{ origin: '*', credentials: 'yes' }`, 'boolean'],
    [`{ origin: '*', preflightContinue: true }`, 'preflightContinue'],
  ])('refuse %s', (options, complaint) => {
    const snippet = `import { CorsModule } from 'nestjs-cors'; CorsModule.forRoot({ default: ${options} });`;
    expect(complaints(snippet).join('\n')).toContain(complaint);
  });
});
