/** Schemes of browser extensions, whose host is an id that the browser gives. */
export const EXTENSION_SCHEMES: ReadonlySet<string> = new Set([
  'chrome-extension',
  'extension',
  'moz-extension',
  'safari-web-extension',
]);

/** Why an origin that stands for several extensions is refused, and what to write. */
export function extensionWildcardMessage(shown: string, scheme: string): string {
  return `${shown}: any extension that a visitor installs would be allowed; write the id of your extension, '${scheme}://<id>'`;
}
