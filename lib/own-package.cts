/**
 * The package as seen from itself: its folder, and the optional packages beside it. A CommonJS file in both builds, because ES
 * modules have neither `__dirname` nor a `require` that bundlers follow. Each `require` stands with its name inside `try`: so
 * bundlers take a package in that is there, and pass over one that is not.
 */

/** The codes of Node, Bun, jest, Yarn and webpack for a module that is not there. */
const ABSENT = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'];

/** The words of bundlers for what they were to leave out, with a name behind them: esbuild, rollup. */
const LEFT_OUT = /dynamic(?:ally)? require/i;

/**
 * An error says that a package is not installed, whatever loader says it, and whatever realm the error is from: jest's modules
 * have another `Error` than the loader. A package that is there and fails to load, or misses a package itself, is not absent.
 */
function isAbsent(error: unknown, name: string): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const [said = ''] = String(message).split('\n');
  const named = said.split(/[^\w@/.-]+/).includes(name);
  return named && (ABSENT.includes(String(code)) || LEFT_OUT.test(said));
}

/** @throws the error, unless it says that the package is not installed */
function absent(error: unknown, name: string): undefined {
  if (!isAbsent(error, name)) throw error;
}

/** The Public Suffix List; `undefined` where it is not installed. */
function tldts(): unknown {
  try {
    return require('tldts');
  } catch (error) {
    return absent(error, 'tldts');
  }
}

/** Where a bundle of ES modules has taken this file in there is no `__dirname`; the words then stand for it in messages. */
const folder = typeof __dirname === 'undefined' ? 'the bundle' : __dirname;

export = { folder, isAbsent, tldts };
