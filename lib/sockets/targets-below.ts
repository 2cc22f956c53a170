/** Spelling that a proxy or a parent application may resolve before it compares paths. */
const DISPUTED = /[%\\;]|\/\/|\/\./;

/**
 * The targets, as the application would see them, that an upgrade may be for which came to a server that leads to it below
 * certain paths. None: it is for somebody else on that server. A spelling that may be read in several ways is not.
 *
 * @param bases `''` for an application that gets everything
 */
export function targetsBelow(bases: readonly string[], url: string): readonly string[] {
  const targets = bases.flatMap((base) => targetBelow(base, url) ?? []);
  const [path = ''] = url.split('?', 1);
  return targets.length === 0 && DISPUTED.test(path) ? [url] : targets;
}

/** In any case: a parent application compares without regard to it, unless told otherwise. */
function targetBelow(base: string, url: string): string | undefined {
  if (!url.toLowerCase().startsWith(base.toLowerCase())) return undefined;
  const rest = url.slice(base.length);
  if (base === '' || rest.startsWith('/')) return rest;
  return rest === '' || rest.startsWith('?') ? `/${rest}` : undefined;
}
