import type { PlatformName } from '../../../support/platforms.js';

/** Targets by the way in which they are asked for. */
export type Targets = Readonly<Partial<Record<'upgrade' | 'polling' | 'jsonp', string>>>;

export interface Reached {
  readonly port: number;
  close(): Promise<void>;
}

/** A way to the sockets of an application. */
export interface Way {
  readonly name: string;
  readonly targets: Targets;
  start(platform: PlatformName): Promise<Reached>;
}
