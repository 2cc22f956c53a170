/**
 * Loads `language/`, which only applications with a RegExp need, when it is called. The package holds it as one CommonJS file
 * for both builds, beside this one: not every version of Node that is supported can `require()` ES modules.
 */
export = (): unknown => require('./language.js');
