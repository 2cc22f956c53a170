import { TEXTS } from './asset-texts.js';

/** A file of the page as it is sent. */
export interface Asset {
  readonly type: string;
  readonly text: string;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
};

/** A file that the page loads; `undefined` for a name that is none. */
export function assetNamed(name: string): Asset | undefined {
  const text = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
  return text === undefined || type === undefined ? undefined : { type, text };
}

/**
 * The page itself. What it loads is addressed from its own address, the last segment of which is all that is known of it: a proxy
 * in front may have taken a prefix away.
 *
 * @param url as the application receives it: `/api/cors`, `/api/cors/?search=orders`
 */
export function pageFor(url: string): string {
  const [path = ''] = url.split('?');
  const segment = path.slice(path.lastIndexOf('/') + 1);
  const base = segment === '' ? '.' : `./${segment}`;
  return (TEXTS['page.html'] ?? '').replaceAll('{{base}}', () => escapeAttribute(base));
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
