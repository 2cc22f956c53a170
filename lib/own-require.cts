/**
 * `require` as seen from this package. A CommonJS file in both builds, because neither `__filename` nor `import.meta.url`
 * exists in both of them.
 */
export = require;
