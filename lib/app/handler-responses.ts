import { type ExecutionContext, Injectable } from '@nestjs/common';
import { SSE_METADATA } from '@nestjs/common/constants.js';
import type { ResponseHead } from '../platform/head.js';
import { watchHead } from '../platform/response-head.js';
import { decidesEarly } from '../protocol/compiled-policy.js';
import { readPreflight } from '../protocol/request-kind.js';
import { metadataOf } from '../decorators/metadata.js';
import { ApplicationPolicies } from './application-policies.js';
import type { HandlerPolicies } from './handler-policies.js';
import { Decisions } from './decisions.js';
import { HttpServers } from './http-servers.js';
import type { Decision } from './question.js';
import { ResponseHeads } from './response-heads.js';
import type { RunningRoute } from '../routes/nest-route.js';

/** Strategy `'interceptor'`: puts a response under the policy of the handler that is about to run. */
@Injectable()
export class HandlerResponses {
  private policies: ReturnType<HandlerPolicies['byHandler']> | undefined;
  private knownSenders: ReadonlySet<object> | undefined;

  constructor(
    private readonly application: ApplicationPolicies,
    private readonly decisions: Decisions,
    private readonly heads: ResponseHeads,
    private readonly servers: HttpServers,
  ) {}

  /** The handler is an `@Sse()` one. */
  sendsEvents(context: ExecutionContext): boolean {
    return this.senders.has(context.getHandler());
  }

  get anySendsEvents(): boolean {
    return this.senders.size > 0;
  }

  /** @returns a promise only where a predicate has to be waited for */
  prepare(context: ExecutionContext): Promise<void> | undefined {
    const http = context.switchToHttp();
    const { chooser } = this.decisions;
    const exchange = chooser.platform.exchangeOf(http.getRequest(), http.getResponse());
    this.servers.meet(exchange.request);
    const { method, headers } = exchange.request;
    // A preflight that comes this far was left to the application's own OPTIONS handler.
    if (readPreflight(method, headers) !== undefined) return undefined;
    this.policies ??= this.application.handlers.byHandler();
    const route = this.policies.get(context.getClass())?.get(context.getHandler());
    if (route?.policyIndex === undefined) return undefined;
    const head = watchHead(exchange, this.heads);
    head.route = route;
    return this.askPredicates(head, route);
  }

  /** `@Sse()` handlers. */
  private get senders(): ReadonlySet<object> {
    this.knownSenders ??= new Set(
      this.application.handlers.all.map(({ handler }) => handler).filter(isEventSender),
    );
    return this.knownSenders;
  }

  /** Everything else is decided when the head is written. */
  private askPredicates(
    head: ResponseHead<Decision>,
    route: RunningRoute,
  ): Promise<void> | undefined {
    const choice = this.decisions.chooser.ofRoute(route, head);
    if (choice.policy === undefined || !decidesEarly(choice.policy)) return undefined;
    const early = this.decisions.decide({ exchange: head, origin: head.origin, choice });
    const keep = (decided: Decision): void => {
      head.early = decided;
    };
    return early instanceof Promise ? early.then(keep) : void keep(early);
  }
}

function isEventSender(handler: object): boolean {
  return metadataOf(SSE_METADATA, handler) === true;
}
