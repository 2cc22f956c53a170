import {
  auditOriginRegExp,
  type RegExpIssueCode,
  type RegExpProblem,
} from '../../../../../lib/config/origins/language/audit.js';

function problemsOf(regexp: RegExp): readonly RegExpProblem[] {
  const audit = auditOriginRegExp(regexp);
  return audit.ok ? [] : audit.problems;
}

function coversOf(regexp: RegExp): readonly string[] {
  const audit = auditOriginRegExp(regexp);
  if (!audit.ok) throw new Error(audit.problems.map(({ message }) => message).join('\n'));
  return audit.covers.map(({ source }) => source);
}

const V_FLAG = 'v';

describe('auditOriginRegExp', () => {
  const accepted: [regexp: RegExp, covers: readonly string[]][] = [
    [/^https:\/\/app\.example\.com$/, ['https://app.example.com']],
    [/^https:\/\/app[.]example[.]com$/, ['https://app.example.com']],
    [/^https:\/\/(?:[a-z0-9-]+\.)?example\.com$/, ['https://example.com', 'https://*.example.com']],
    [/^https:\/\/[a-z0-9-]+\.example\.com$/, ['https://*.example.com']],
    [/^https:\/\/(?:[a-z0-9-]+\.){1,2}example\.com$/, ['https://*.example.com']],
    [/^https?:\/\/localhost:\d{4}$/, ['http://localhost:*', 'https://localhost:*']],
    [
      /^https:\/\/(?:app|admin)\.example\.com$/,
      ['https://app.example.com', 'https://admin.example.com'],
    ],
    [/^https:\/\/pr-\d+\.preview\.example\.com$/, ['https://*.preview.example.com']],
    [/^(?:https:\/\/a\.example|https:\/\/b\.example)$/, ['https://a.example', 'https://b.example']],
    [/^https:\/\/a\.test$|^https:\/\/b\.test$/, ['https://a.test', 'https://b.test']],
    [
      /^https:\/\/app\.example\.com(?::\d{1,5})?$/,
      ['https://app.example.com', 'https://app.example.com:*'],
    ],
    [/^https:\/\/example\.(?:com|org)$/, ['https://example.com', 'https://example.org']],
    [/^(?<origin>https:\/\/(?<tenant>[a-z]{3,8}?)\.example\.com)$/, ['https://*.example.com']],
    [/^http:\/\/\[::1\]:\d+$/, ['http://[::1]:*']],
    [/^http:\/\/[a-z]+\.localhost:3000$/, ['http://*.localhost:3000']],
    [/^https:\/\/app\.example\.com\.?$/, ['https://app.example.com', 'https://app.example.com.']],
    [/^https:\/\/app\.example\.com$/u, ['https://app.example.com']],
    [new RegExp('^https://[[a-z]--[q]]+\\.example\\.com$', V_FLAG), ['https://*.example.com']],
    [/^https:\/\/([a-z0-9-]+\.)*example\.com$/, ['https://example.com', 'https://*.example.com']],
    [/^https:\/\/(?:[a-z0-9-]+\.)+example\.com$/, ['https://*.example.com']],
    [/^https:\/\/([a-z]+)+\.example\.com$/, ['https://*.example.com']],
    [/^https:\/\/[a-z]+[a-z]+[a-z]+\.example\.com$/, ['https://*.example.com']],
    [/^https:\/\/[a-z0-9_-]+\.example\.com$/, ['https://*.example.com']],
    [
      /^https:\/\/app(?:-dev)?\.example\.com$/,
      ['https://app.example.com', 'https://app-dev.example.com'],
    ],
    [/^capacitor:\/\/localhost$/, ['capacitor://localhost']],
    [/^app:\/\/\(home\)$/, ['app://(home)']],
    [/^https:\/\/intranet$/, ['https://intranet']],
  ];

  it.each(accepted)('accepts %s', (regexp, covers) => {
    expect(coversOf(regexp)).toEqual(covers);
  });

  /** The last column passes the check that the first fails. */
  const refused: [
    code: RegExpIssueCode,
    regexp: RegExp,
    witness: string | undefined,
    proposal: string | undefined,
    nearlyIdentical: RegExp | undefined,
  ][] = [
    ['regexp-unanchored', /^https:\/\/app\.example\.com/, 'https://app.example.coma', "'https://app.example.com'", /^https:\/\/app\.example\.com$/],
    ['regexp-unanchored', /https:\/\/app\.example\.com$/, 'ahttps://app.example.com', "'https://app.example.com'", /^https:\/\/app\.example\.com$/],
    ['regexp-unanchored', /example\.com$/, 'https://aexample.com', "'https://example.com'", /^https:\/\/example\.com$/],
    ['regexp-unanchored', /\.example\.com$/, 'http://a.example.com', "'https://*.example.com'", undefined],
    ['regexp-unanchored', /localhost/, 'https://localhost', "'http://localhost:*'", undefined],
    ['regexp-unanchored', /^https:\/\/a\.test|https:\/\/b\.test$/, 'https://a.testa', "['https://a.test', 'https://b.test']", /^(?:https:\/\/a\.test|https:\/\/b\.test)$/],
    ['regexp-unanchored', /^https:\/\/app\.example\.com(?:$)?/, 'https://app.example.coma', "'https://app.example.com'", /^https:\/\/app\.example\.com(?:$)/],
    ['regexp-unanchored', /^https:\/\/app\.example\.com$/m, 'https://app.example.com\n', "'https://app.example.com'", /^https:\/\/app\.example\.com$/],
    ['regexp-unescaped-dot', /^https:\/\/app.example.com$/, 'https://appaexampleacom', "'https://app.example.com'", /^https:\/\/app\.example\.com$/],
    ['regexp-unescaped-dot', /^https:\/\/(?:www.)?example\.com$/, 'https://wwwaexample.com', "['https://example.com', 'https://www.example.com']", /^https:\/\/(?:www\.)?example\.com$/],
    ['regexp-too-wide', /^https:\/\/.*\.example\.com$/, 'https://.example.com', "'https://*.example.com'", /^https:\/\/[a-z]+\.example\.com$/],
    ['regexp-too-wide', /^https:\/\/.*example\.com$/, 'https://aexample.com', "['https://example.com', 'https://*.example.com']", undefined],
    ['regexp-too-wide', /^https:\/\/[^.]+\.example\.com$/, 'https://:.example.com', '/^https:\\/\\/[a-z0-9-]+\\.example\\.com$/', /^https:\/\/[^\W_A-Z]+\.example\.com$/],
    ['regexp-too-wide', /^https:\/\/[^/]+\.example\.com$/, 'https://..example.com', "'https://*.example.com'", undefined],
    ['regexp-too-wide', /^https:\/\/\w+\.example\.com$/, 'https://A.example.com', '/^https:\\/\\/[a-z0-9_]+\\.example\\.com$/', /^https:\/\/[^\W_]+\.example\.com$/i],
    ['regexp-too-wide', /^https:\/\/app\.example\.com.*$/, 'https://app.example.coma', "'https://app.example.com'", undefined],
    ['regexp-too-wide', /^https:\/\/[a-z]+\.com$/, 'https://a.com', undefined, /^https:\/\/[a-z]+\.test$/],
    ['regexp-too-wide', /^https:\/\/[a-z]*example\.co\.uk$/, 'https://aexample.co.uk', undefined, /^https:\/\/[a-z]*example\.example\.co\.uk$/],
    ['regexp-too-wide', /^https:\/\/example\.[a-z]{2,3}$/, 'https://example.aa', undefined, /^https:\/\/example\.(?:com|net)$/],
    ['regexp-too-wide', /^[a-z]+:\/\/app\.example\.com$/, 'http://app.example.com', "'https://app.example.com'", /^https?:\/\/app\.example\.com$/],
    ['regexp-too-wide', /^https:\/\/app\.example\.com$/iu, 'http\u017f://app.example.com', "'https://app.example.com'", /^https:\/\/app\.example\.com$/i],
    ['regexp-too-wide', /^chrome-extension:\/\/[a-p]{32}$/, 'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', undefined, undefined],
    ['regexp-stateful', /^https:\/\/app\.example\.com$/g, undefined, "'https://app.example.com'", /^https:\/\/app\.example\.com$/],
    ['regexp-stateful', /^https:\/\/[a-z]+\.example\.com$/y, undefined, '/^https:\\/\\/[a-z]+\\.example\\.com$/', /^https:\/\/[a-z]+\.example\.com$/],
    ['regexp-not-an-origin', /^(?:https?:\/\/)?example\.com$/, 'example.com', undefined, /^(?:https?:\/\/)example\.com$/],
    ['regexp-not-an-origin', /^https:\/\/a\.test\/$/, 'https://a.test/', "'https://a.test'", /^https:\/\/a\.test$/],
    ['regexp-not-an-origin', /^https:\/\/a\.test(?::443)?$/, 'https://a.test:443', "'https://a.test'", /^https:\/\/a\.test(?::8443)?$/],
    ['regexp-not-an-origin', /^https:\/\/App\.example\.com$/, 'https://App.example.com', "'https://app.example.com'", /^https:\/\/App\.example\.com$/i],
    ['regexp-not-an-origin', /^https:\/\/[a-z]*\.example\.com$/, 'https://.example.com', '/^https:\\/\\/[a-z]+\\.example\\.com$/', /^https:\/\/x[a-z]*\.example\.com$/],
    ['regexp-not-an-origin', /^https:\/\/a\.test:\d*$/, 'https://a.test:', '/^https:\\/\\/a\\.test:\\d+$/', /^https:\/\/a\.test:\d+$/],
    ['regexp-not-an-origin', /^https:\/\/user@a\.test$/, 'https://user@a.test', undefined, undefined],
    ['regexp-not-an-origin', /^https:\/\/(?:app|admin)\.example\?com$/, 'https://app.example?com', undefined, undefined],
    ['regexp-not-an-origin', /^https:\/\/(?:app|ap\/dmin)\.example\.com$/, 'https://ap/dmin.example.com', undefined, undefined],
    ['regexp-not-an-origin', /^https:\/\/(?:app|admi|)\.example\.com$/, 'https://.example.com', undefined, undefined],
    ['regexp-unanchored', /s?^https:\/\/app\.example\.com$/m, 'https://app.example.com\n', '/s?^https:\\/\\/app\\.example\\.com$/', undefined],
    ['regexp-not-an-origin', /^app\.example\.com$/, 'app.example.com', "'https://app.example.com'", undefined],
    ['regexp-not-an-origin', /^localhost:3000$/, 'localhost:3000', "'http://localhost:3000'", undefined],
    ['regexp-not-an-origin', /^localhost$/, 'localhost', undefined, undefined],
    ['regexp-accepts-mutant', /^(?:https:\/\/a\.test|null)$/, 'null', "'https://a.test'", undefined],
    ['regexp-accepts-mutant', /^(?:https:\/\/a\.test)?$/, '', "'https://a.test'", /^(?:https:\/\/a\.test)$/],
    ['regexp-too-wide', /^https:\/\/example\.com?$/, 'https://example.co', "['https://example.co', 'https://example.com']", /^https:\/\/example\.(?:co|com)$/],
    ['regexp-too-wide', /^https:\/\/exa?mple\.com$/, 'https://exmple.com', "['https://exmple.com', 'https://example.com']", undefined],
    ['regexp-too-wide', /^https:\/\/example(\.com)?\.br$/, 'https://example.br', "['https://example.br', 'https://example.com.br']", undefined],
    ['regexp-too-wide', /^https:\/\/preview-.*\.example\.com$/, 'https://preview-..example.com', '/^https:\\/\\/preview-[a-z0-9-]*\\.example\\.com$/', undefined],
    ['regexp-too-wide', /^https:\/\/my-app-.*\.vercel\.app$/, 'https://my-app-..vercel.app', undefined, undefined],
  ]; // prettier-ignore

  it.each(refused)('%s: %s', (code, regexp, witness, proposal, nearlyIdentical) => {
    const found = problemsOf(regexp).find((problem) => problem.code === code);
    expect(found).toMatchObject({ code });
    expect([found?.witness, found?.proposal]).toEqual([witness, proposal]);
    const isAccepted =
      witness === undefined || new RegExp(regexp.source, regexp.flags).test(witness);
    expect(isAccepted).toBe(true);
    expect(nearlyIdentical === undefined ? [] : problemsOf(nearlyIdentical)).toEqual([]);
  });

  it('lets nothing but what host names are made of stand in an open label', () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const allowed = ascii.filter((character) => {
      const escaped = /[\]\\^-]/.test(character) ? `\\${character}` : character;
      return auditOriginRegExp(new RegExp(`^https://[ab${escaped}]+\\.example\\.com$`)).ok;
    });
    expect(allowed.join('')).toBe('-0123456789_abcdefghijklmnopqrstuvwxyz');
  });

  it.each([/.*/, /^.*$/, /./, /(?:)/, /^https?:\/\/.*$/, /^https:\/\/[^/]+$/, /^http/g])(
    'reflects-every-origin: %s',
    (regexp) => {
      const [problem] = problemsOf(regexp);
      expect(problem).toMatchObject({ code: 'reflects-every-origin', witness: 'https://a' });
      expect(problem?.proposal).toBeUndefined();
      expect(problem?.message).toMatch(/write `origin: '\*'` without credentials if everyone is/);
    },
  );

  it.each([
    /^https:\/\/(?:[ab]*a[ab]{14})\.example\.com$/,
    /^https:\/\/(?:(?:a{1,300}b){300}c){300}\.test$/,
    /^https:\/\/(?:a|b|c|d|e|f)(?:a|b|c|d|e|f)(?:a|b|c|d|e|f)(?:a|b|c|d|e|f)\.test$/,
    new RegExp(`^https://${'a'.repeat(5000)}$`),
  ])('regexp-too-complex: %#', (regexp) => {
    expect(problemsOf(regexp)).toMatchObject([{ code: 'regexp-too-complex' }]);
  });

  it.each([
    /^https:\/\/(?=a)[a-z]+\.example\.com$/,
    /^(?!.*evil)https:\/\/.*\.example\.com$/,
    /^https:\/\/([a-z]+)\.\1\.example\.com$/,
    /^https:\/\/\bapp\.example\.com$/,
    /^https:\/\/[\b]\.example\.com$/,
    /^https:\/\/\x61pp\.example\.com$/,
    /^https:\/\/\u0061pp\.example\.com$/,
    /^https:\/\/\p{Ll}+\.example\.com$/u,
    /^https:\/\/caf\u{e9}\.example\.com$/u,
    /^https:\/\/é\.example\.com$/,
    /^https:\/\/a{,2}\.example\.com$/,
    /^https:\/\/a{1000000000}\.example\.com$/,
    new RegExp('^https://[]\\.example\\.com$'),
    /^https:\/\/a\.test$^$/,
    new RegExp('^https://[\\q{a|evil}]\\.example\\.com$', V_FLAG),
    new RegExp(`^https:\\/\\/${'a'.repeat(700)}\\.example\\.com$`),
    new RegExp(`^https:\\/\\/${'a'.repeat(100_000)}\\.example\\.com$`),
  ])('regexp-unsupported: %#', (regexp) => {
    expect(problemsOf(regexp)).toMatchObject([{ code: 'regexp-unsupported' }]);
  });

  it('reports one problem a code, all at once', () => {
    const problems = problemsOf(/example.com$|^https:\/\/.*\.example\.com$/g);
    expect(problems.map(({ code }) => code)).toEqual([
      'regexp-stateful',
      'regexp-unanchored',
      'regexp-unescaped-dot',
      'regexp-too-wide',
    ]);
  });

  it('says what is let in and what to write', () => {
    expect(problemsOf(/^https:\/\/app.example.com$/)[0]?.message).toBe(
      '/^https:\\/\\/app.example.com$/ has an unescaped dot, which stands for any character; ' +
        'it accepts "https://appaexampleacom"; write \'https://app.example.com\'',
    );
  });

  it('warns about the flag i', () => {
    expect(auditOriginRegExp(/^https:\/\/app\.example\.com$/i)).toMatchObject({
      ok: true,
      warnings: [{ code: 'regexp-case-insensitive' }],
    });
  });

  it('does not touch the expression', () => {
    const regexp = /^https:\/\/app\.example\.com$/g;
    auditOriginRegExp(regexp);
    expect(regexp.lastIndex).toBe(0);
  });
});
