// Texts that a page loads, without comments and indentation.
import { minify } from 'terser';

/** @param name says by its ending what the text is */
export async function smallText(name, text) {
  if (name.endsWith('.js')) return (await minify(text, { module: true, ecma: 2022 })).code;
  const bare = name.endsWith('.css') ? text.replace(/\/\*[^]*?\*\//g, '') : text;
  return bare.replace(/^\s+/gm, '');
}
