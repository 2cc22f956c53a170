import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CorsConfigurationError, CorsModule } from 'nestjs-cors';
import { APPLICATION_RISKS, POLICY_RISKS } from '../../../lib/config/issues/acceptable-risks.js';
import { linkTo } from '../../../lib/config/issues/configuration-error.js';
import { documentedCodes } from './support/documented.js';

const DOCUMENTED = documentedCodes();

describe('docs/errors.md', () => {
  it('calls dangers exactly what dangerouslyAllow accepts', () => {
    const dangers = DOCUMENTED.filter(({ level }) => level === 'danger').map(({ code }) => code);
    expect(dangers.sort()).toEqual([...POLICY_RISKS, ...APPLICATION_RISKS].sort());
  });

  it.each(DOCUMENTED)('$code: the mistake, what would happen, what to write', ({ text }) => {
    expect(text).toMatch(/^\n\S.+\n\n\*\*What would happen:\*\* .+\n\n\*\*Write:\*\* `.+`\n/);
  });

  it('is in the package', () => {
    const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
    expect(files).toContain('docs/*.md');
    expect(linkTo('null-origin')).toBe('node_modules/nestjs-cors/docs/errors.md#null-origin');
  });
});

describe('CorsConfigurationError in a terminal', () => {
  it('groups by place and links every message', () => {
    const { errors } = CorsModule.validate({
      default: { origin: 'null', maxAge: -7, credentials: true, exposedHeaders: '*', methods: '*' },
      policies: { a: { origin: 'a.test' } },
    });
    const lines = new CorsConfigurationError(errors).message.split('\n');
    expect(lines.shift()).toBe('5 mistakes in the CORS configuration');
    const places = lines.filter((line) => /^ {2}\S/.test(line));
    expect(new Set(places).size).toBe(places.length);
    for (const line of lines.filter((line) => !places.includes(line)))
      expect(line).toMatch(/^ {4}\S.* \(node_modules\/nestjs-cors\/docs\/errors\.md#[a-z-]+\)$/);
  });

  it('stays readable however many mistakes there are', () => {
    const origin = Array.from({ length: 5000 }, (_, index) => `host-${index}`);
    const error = new CorsConfigurationError(CorsModule.validate({ default: { origin } }).errors);
    expect(error.issues).toHaveLength(5000);
    expect(error.message.split('\n')).toHaveLength(202);
    expect(error.message).toMatch(/ {2}and 4900 more, see `issues` of this error$/);
  });

  it('prints no line break or control character that came from outside', () => {
    const hostile = 'a\nb\u001b[31m';
    const options: object = {
      default: { origin: hostile, [hostile]: 1 },
      policies: { [hostile]: { origin: hostile, methods: hostile, extends: hostile } },
    };
    const { errors } = CorsModule.validate(options);
    expect(errors.map(({ code }) => code).sort()).toEqual([
      'extends-cycle',
      'invalid-method',
      'origin-without-scheme',
      'unknown-option',
    ]);
    for (const { where, message } of errors)
      // eslint-disable-next-line no-control-regex
      expect(where + message).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe('no code is first met at request time', () => {
  /** What runs while requests are answered, beyond `protocol`. */
  const AT_REQUEST_TIME = [
    'app/hook.ts',
    'cors.interceptor.ts',
    'preflight.controller.ts',
    'paths/path-policies.ts',
    'routes/policy-selector.ts',
    'platform/response-head.ts',
  ];
  const protocol = readdirSync('lib/protocol', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `protocol/${file}`);

  it.each([...AT_REQUEST_TIME, ...protocol])('%s can report no issue', (file) => {
    const source = readFileSync(join('lib', file), 'utf8');
    expect(source).not.toMatch(/issue-collector|configuration-error|errors\.md/);
  });
});
