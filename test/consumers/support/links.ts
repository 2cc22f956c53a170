import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The anchors of a document's headings, as GitHub makes them. */
function anchors(document: string): ReadonlySet<string> {
  const headings = readFileSync(document, 'utf8').matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links of a document that lead to no file, or to no heading of it. Links to other places are not followed. */
export function brokenLinks(document: string): readonly string[] {
  const links = [...readFileSync(document, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)];
  return links
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? document : join(dirname(document), path);
      return !existsSync(file) || (anchor !== undefined && !anchors(file).has(anchor));
    });
}
