/** Allowed by the default policy of the test applications. */
export const APP = 'https://app.example.com';
/** Allowed by `partners`. */
export const PARTNER = 'https://eu.partner.example';
/** Allowed by nobody but `'*'`. */
export const EVIL = 'https://evil.test';
