import { corsMatchers, type CorsMatchers } from 'nestjs-cors/testing';
import { allow, PAGE, useScriptedApi } from '../support/scripted-api.js';

declare global {
  namespace jest {
    interface Matchers<R> extends CorsMatchers<R> {}
  }
}

const api = useScriptedApi();

expect.extend(corsMatchers);

describe('matchers', () => {
  it('tell readable from blocked', async () => {
    api.answer({ headers: allow({ Origin: PAGE }) });
    const web = api.browser();
    const readable = await web.page(PAGE).fetch('/a');
    const blocked = await web.page('https://evil.example').fetch('/a');
    expect(readable).toBeReadable();
    expect(readable).not.toBeBlocked();
    expect(blocked).toBeBlocked();
    expect(blocked).toBeBlocked('AllowOriginMismatch');
    expect(blocked).not.toBeBlocked('MissingAllowOriginHeader');
    expect(blocked).not.toBeReadable();
  });

  it('say why', async () => {
    api.answer({ headers: allow({ Origin: PAGE }) });
    const web = api.browser();
    const readable = await web.page(PAGE).fetch('/a');
    const blocked = await web.page('https://evil.example').fetch('/a');
    expect(() => expect(blocked).toBeReadable()).toThrow(`allows the origin '${PAGE}'`);
    expect(() => expect(readable).toBeBlocked()).toThrow("status 200, type 'cors'");
    expect(() => expect(readable).not.toBeReadable()).toThrow("type 'cors'");
    expect(() => expect(blocked).toBeBlocked('PreflightInvalidStatus')).toThrow(
      'AllowOriginMismatch',
    );
  });

  it('opaque is neither', async () => {
    const opaque = await api.browser().page(PAGE).fetch('/a', { mode: 'no-cors' });
    expect(opaque).not.toBeReadable();
    expect(opaque).not.toBeBlocked();
  });

  it('do not take a mistake of the test for a refusal', async () => {
    const page = api.browser().page(PAGE);
    const mistaken = await page.fetch('/a', { method: 'TRACE' });
    expect(mistaken).not.toBeBlocked();
    expect(mistaken).toBeBlocked('TypeError');
    const pending = page.fetch('/a');
    expect(() => expect(pending).toBeReadable()).toThrow('awaited result');
    await pending;
  });
});
