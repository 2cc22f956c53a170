import { TOKEN } from './requested-headers.js';

/** An upstream's `Access-Control-Expose-Headers` that is a list of names. */
export const NAMES_ONLY = `^${TOKEN}(?:[ \\t]*,[ \\t]*${TOKEN})*$`;

/** One of the names is `*`. */
export const HAS_STAR = '(?:^|[, \\t])\\*(?:[, \\t]|$)';
