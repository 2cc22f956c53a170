import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Format, installed, type Projects } from './support/installed.js';

const FORMATS: readonly Format[] = ['esm', 'cjs'];
const ARGS = ['routes', '--module', 'src/shop.module.ts', '--configure', 'src/shop.module.ts'];

let projects: Projects;
beforeEach(() => {
  projects = installed();
});
afterEach(() => projects.remove());

/** As version 7 is packed: a program, whose package has the version for others and nothing else. */
function installTypeScript7(format: Format): void {
  const typescript = projects.file(`${format}/node_modules/typescript`);
  mkdirSync(typescript, { recursive: true });
  writeFileSync(join(typescript, 'package.json'), '{ "name": "typescript", "main": "version.js" }');
  writeFileSync(join(typescript, 'version.js'), `exports.version = '7.0.2';`);
}

function installTypeScript6Beside(format: Format): void {
  const scope = projects.file(`${format}/node_modules/@typescript`);
  mkdirSync(scope);
  symlinkSync(join(process.cwd(), 'node_modules/typescript'), join(scope, 'typescript6'));
}

describe.each(FORMATS)('the command line in a project with TypeScript 7, %s', (format) => {
  beforeEach(() => installTypeScript7(format));

  it('compiles with the 6 beside it', () => {
    installTypeScript6Beside(format);
    const { code, out } = projects.run(format, ARGS);
    expect({ code, names: out.includes('OrdersController.list') }).toEqual({
      code: 0,
      names: true,
    });
  });

  it('says what to install, where there is no other', () => {
    const { code, error } = projects.run(format, ARGS);
    expect({ code, error }).toEqual({
      code: 2,
      error: expect.stringContaining('npm install --save-dev @typescript/typescript6'),
    });
  });
});
