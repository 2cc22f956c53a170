/** Thrown where a question about languages takes more states or terms than it may. */
export class TooComplex extends Error {}

/** A realistic expression takes fewer than a hundred states. */
export const MAX_STATES = 20_000;
/** Bounds what one state may cost, and with it the time that a question may take. */
export const MAX_TERMS = 50_000;
