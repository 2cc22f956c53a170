/** `maxAge` of a policy that does not say. */
export const DEFAULT_MAX_AGE = 600;

/** `optionsSuccessStatus` of a policy that does not say. */
export const DEFAULT_SUCCESS_STATUS = 204;
