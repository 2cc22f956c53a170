export { auditOriginRegExp } from './audit.js';
export { findBeyond } from './inclusion.js';
