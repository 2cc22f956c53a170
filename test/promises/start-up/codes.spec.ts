import { CODE_ROWS } from './codes.table.js';
import { PLATFORMS } from '../../support/platforms.js';
import type { Way } from './support/code-row.js';
import { replaceAt, suggestionsIn } from './support/replacement.js';
import { validating, type Report } from './support/report.js';

type Issue = Report['warnings'][number];

function find(issues: readonly Issue[], code: string, where: string): Issue | undefined {
  return issues.find((issue) => issue.code === code && issue.where === where);
}

function places(issues: readonly Issue[]): readonly string[] {
  return issues.map(({ code, where }) => `${code} at ${where}`);
}

const WAYS: readonly Way[] = ['validate()', ...PLATFORMS, 'parts'];

describe.each(WAYS)('every code, met and just missed: %s', (way) => {
  const rows = CODE_ROWS.flatMap(({ shown, ...row }) => {
    const cases = shown[way];
    return cases === undefined ? [] : [{ ...row, ...cases }];
  });

  it.each(rows)('$level $code at $where', async ({ code, level, where, wrong, right }) => {
    const missed = await wrong();
    const reported = level === 'warning' ? missed.warnings : missed.errors;
    expect(places(reported)).toContain(`${code} at ${where}`);
    expect(missed.errors.length > 0).toBe(level !== 'warning');
    expect(find(reported, code, where)?.message).toMatch(/\S{3}/);

    const met = await right();
    expect(places(met.errors)).toEqual([]);
    expect(places(met.warnings)).not.toContain(`${code} at ${where}`);
  });
});

describe('what messages say to write', () => {
  const withOptions = CODE_ROWS.filter(({ options }) => options !== undefined);

  it.each(withOptions)('$code at $where', async ({ code, where, options, production }) => {
    const { errors, warnings } = await validating(options, production)();
    const message = find([...errors, ...warnings], code, where)?.message ?? '';
    for (const suggestion of suggestionsIn(message)) {
      const repaired = await validating(replaceAt(options ?? {}, where, suggestion), production)();
      const left = repaired.errors.filter((issue) => issue.where.startsWith(where));
      expect({ suggestion, left }).toEqual({ suggestion, left: [] });
    }
  });

  it.each(['unknown-option', 'unknown-policy'])(
    '%s: the name that was meant is one',
    async (code) => {
      const rows = withOptions.filter((row) => row.code === code);
      const reports = await Promise.all(rows.map(({ options }) => validating(options)()));
      const messages = reports.flatMap(({ errors }) => errors.map(({ message }) => message));
      const meant = messages.flatMap((message) => /did you mean '(.*)'\?/.exec(message)?.[1] ?? []);
      expect(meant).toEqual(
        {
          'unknown-option': ['origin', 'policies', 'methods', 'origin'],
          'unknown-policy': ['app'],
        }[code],
      );
    },
  );

  const dangers = withOptions.filter(({ level, where }) => level === 'danger' && where !== 'debug');

  it.each(dangers)(
    '$code can be accepted by name',
    async ({ code, where, options, production }) => {
      const accepted = { ...(options?.['default'] as object), dangerouslyAllow: code };
      const { errors } = await validating({ default: accepted }, production)();
      expect(find(errors, code, where)).toBeUndefined();
    },
  );

  const origin = 'https://app.example.com';

  it.each([{}, { default: { origin } }, { default: { origin, credentials: true } }])(
    'nothing is said of %j',
    async (options) => {
      expect(await validating(options)()).toEqual({ errors: [], warnings: [] });
    },
  );
});
