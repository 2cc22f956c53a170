/**
 * Loads `language/`, which only applications with a RegExp need, when it is called. Always from the CommonJS build, which
 * stands beside the other one: not every version of Node that is supported can `require()` ES modules.
 */
export = (): unknown => require('../../../cjs/config/origins/language/index.js');
