import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import type { Grant } from '../protocol/origin/grant.js';
import type { RunningRoute } from '../routes/nest-route.js';
import type { Exchange } from './exchange.js';

/** As much of a decision as a response head needs. */
export interface HeadDecision extends Grant {
  /** `undefined` leaves the response alone. */
  readonly policy: CompiledPolicy | undefined;
  readonly entry?: { readonly keepExposedHeaders: boolean } | undefined;
}

/** Method and target of a request. */
export interface Target {
  readonly method: string;
  readonly url: string;
}

/** Whoever decides about the responses of one application. */
export interface HeadAuthority<Decision extends HeadDecision = HeadDecision> {
  /**
   * Asked before the handler of {@link ResponseHead.route} runs.
   * @returns `false` where the request was turned away
   */
  mayRun(head: ResponseHead<Decision>): boolean | Promise<boolean>;
  /** Asked when the head is written, about the handler that ran. `undefined` leaves the response alone. */
  decideHead(head: ResponseHead<Decision>): Decision | undefined;
  /** Told which CORS headers of the handler's or an upstream's own the policy replaced. */
  replaced(decision: Decision, names: readonly string[]): void;
}

/** A response until its head is written. */
export class ResponseHead<Decision extends HeadDecision = HeadDecision>
  implements Exchange, Target
{
  /** The route whose handler is running; unset before one runs and after it has called `next()`. */
  route: RunningRoute | undefined = undefined;
  /** Method and target that the running handler was given, where middleware has assigned others than were sent. */
  asked: Target | undefined = undefined;
  /** Decided before the request went on: predicates may be asynchronous, the writing of a head is not. */
  early: Decision | undefined = undefined;
  /** Decided by whoever takes the request away from the platform, such as socket.io's polling: holds whatever runs. */
  decided: Decision | undefined = undefined;
  /** The decision that the head goes out with. */
  decision: Decision | undefined = undefined;
  /** A mounted application that passes a request back to its parent does not answer for it. */
  passedBack = false;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly url: string,
    /** As sent: middleware may assign another one. */
    readonly method: string,
    readonly native: unknown,
    /** Read once: a handler may change the request's headers. */
    readonly origin: string | undefined,
    readonly authority: HeadAuthority<Decision>,
    readonly writeHead: ServerResponse['writeHead'],
    /** The head of the application that this one is mounted in: it has the last word, where it has one. */
    readonly outer: ResponseHead | undefined,
  ) {}
}
