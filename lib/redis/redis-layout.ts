/** The keys of a state, and the channel that tells of a change. */
export interface RedisLayout {
  /** The state as JSON. */
  readonly state: string;
  /** Its revision, in decimal digits. */
  readonly revision: string;
  /** The change that led to this revision, as JSON; gone after a whole state. */
  readonly delta: string;
  /** A channel; what is sent over it is not looked at. */
  readonly changed: string;
}

export function layoutOf(key: string): RedisLayout {
  return {
    state: key,
    revision: `${key}:revision`,
    delta: `${key}:delta`,
    changed: `${key}:changed`,
  };
}
