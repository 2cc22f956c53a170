import type { CorsPolicySource } from 'nestjs-cors';
import type { CorsPublisher } from 'nestjs-cors/redis';

/** A store of states, and all that may happen to one. */
export interface Store extends CorsPublisher {
  readonly port: number;
  /** A source that reaches the store over a port. */
  source(port: number): CorsPolicySource;
  /** Any bytes in place of a state, by somebody who is no publisher. */
  write(text: string): Promise<void>;
  /** So many bytes in place of a state, whatever they are. */
  enlarge(bytes: number): Promise<void>;
  /** The bytes in place of the state. */
  text(): Promise<string>;
  /** Everything that the server has. */
  wipe(): Promise<void>;
  /** The state's own key, where states have one. */
  remove(): Promise<void>;
  /** The server, not what it keeps. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}
