/**
 * Loads `language/`, which only applications with a RegExp need, when it is called. The package holds it as one CommonJS file
 * for both builds, beside this one.
 */
export = (): unknown => require('./language.js');
