export { auditOriginRegExp } from './language/audit.js';
export { findBeyond } from './language/inclusion.js';
