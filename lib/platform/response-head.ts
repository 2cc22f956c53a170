import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http';
import type { RunningRoute } from '../routes/nest-route.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { writeActualHeaders } from '../protocol/actual-response.js';
import type { HeaderSink } from '../protocol/header-sink.js';
import { EXPOSE, keepExposed } from '../protocol/exposed-headers.js';
import type { Exchange } from './exchange.js';
import { adoptHeaders, HeaderFields, type HeaderArgument } from './header-fields.js';

const HEAD = Symbol('nestjs-cors.head');

/** As much of a decision as a response head needs. */
export interface HeadDecision {
  /** `undefined` leaves the response alone. */
  readonly policy: CompiledPolicy | undefined;
  /** Whether the policy allows the request's origin. */
  readonly allowed: boolean;
  readonly entry?: { readonly keepExposedHeaders: boolean } | undefined;
}

/** Whoever decides about responses. */
export interface HeadAuthority<Decision extends HeadDecision = HeadDecision> {
  /** Asked when the head is written, about the handler that ran. `undefined` leaves the response alone. */
  decideHead(head: ResponseHead<Decision>): Decision | undefined;
  /** Told which CORS headers of the handler's or an upstream's own the policy replaced. */
  replaced(decision: Decision, names: readonly string[]): void;
}

/** A response until its head is written. */
export class ResponseHead<Decision extends HeadDecision = HeadDecision> implements Exchange {
  /** The route whose handler is running; unset before one runs and after it has called `next()`. */
  route: RunningRoute | undefined = undefined;
  /** Decided before the request went on: predicates may be asynchronous, the writing of a head is not. */
  early: Decision | undefined = undefined;
  /** Decided by whoever takes the request away from the platform, such as socket.io's polling: holds whatever runs. */
  decided: Decision | undefined = undefined;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly url: string,
    readonly native: unknown,
    /** Read once: a handler may change the request's headers. */
    readonly origin: string | undefined,
    readonly authority: HeadAuthority<Decision>,
    readonly writeHead: ServerResponse['writeHead'],
  ) {}
}

type WithHead<Decision extends HeadDecision = HeadDecision> = ServerResponse & {
  [HEAD]?: ResponseHead<Decision>;
};

/** The head of a response that {@link watchHead} watches. */
export function headOf<Decision extends HeadDecision>(
  response: ServerResponse,
): ResponseHead<Decision> | undefined {
  return (response as WithHead<Decision>)[HEAD];
}

/**
 * Makes sure that the policy has the last word when the response head is written, whoever writes it: Nest, an exception
 * filter, a stream, a proxy, or a handler that took the response over.
 */
export function watchHead<Decision extends HeadDecision>(
  { request, response, url, native }: Exchange,
  authority: HeadAuthority<Decision>,
): ResponseHead<Decision> {
  const watched = headOf<Decision>(response);
  if (watched !== undefined) return watched;
  const { origin } = request.headers;
  const { writeHead: prior } = response;
  const head = new ResponseHead(request, response, url, native, origin, authority, prior);
  (response as WithHead<Decision>)[HEAD] = head;
  response.writeHead = writeHead as ServerResponse['writeHead'];
  return head;
}

/** Stands in for `response.writeHead`: one function for all responses, its state on the response. */
function writeHead(this: WithHead, status: number, reason?: unknown, headers?: unknown): unknown {
  const head = this[HEAD];
  if (head === undefined) return this;
  const decision = this.headersSent || status < 200 ? undefined : head.authority.decideHead(head);
  if (decision === undefined) return passOn(this, head, status, reason, headers);
  if (reason !== undefined || headers !== undefined)
    return writeGiven(this, head, decision, status, reason, headers);
  applyDecision(head, decision, this);
  return head.writeHead.call(this, status);
}

/** With a reason phrase, headers, or both; a proxy or Fastify hands over the headers here. */
function writeGiven(
  response: WithHead,
  head: ResponseHead,
  decision: HeadDecision,
  status: number,
  reason: unknown,
  headers: unknown,
): unknown {
  const given = isHeaders(reason) ? reason : headers;
  const fields = isHeaders(given) ? ownFields(given, response) : undefined;
  if (fields === undefined && isHeaders(given)) adoptHeaders(given, response);
  applyDecision(head, decision, fields ?? response);
  return passOn(response, head, status, isHeaders(reason) ? undefined : reason, fields?.values);
}

/** Calls the `writeHead` that was there before with as many arguments as there are: some count them. */
function passOn(
  response: ServerResponse,
  head: ResponseHead,
  status: number,
  reason: unknown,
  headers: unknown,
): unknown {
  const original = head.writeHead as (...args: unknown[]) => unknown;
  if (reason === undefined && headers === undefined) return original.call(response, status);
  if (reason === undefined) return original.call(response, status, headers);
  if (headers === undefined) return original.call(response, status, reason);
  return original.call(response, status, reason, headers);
}

function applyDecision(head: ResponseHead, decision: HeadDecision, sink: HeaderSink): void {
  const { policy, entry } = decision;
  if (policy === undefined) return;
  const exposed = entry?.keepExposedHeaders ? sink.getHeader(EXPOSE) : undefined;
  const replaced = writeActualHeaders(policy, head.origin, decision.allowed, sink);
  if (exposed !== undefined) keepExposed(exposed, policy, sink);
  if (replaced.length > 0) head.authority.replaced(decision, replaced);
}

/**
 * The header argument of `writeHead` as a copy to write to, where it is all that the response goes out with: an object with
 * names in lower case, as Fastify's, and nothing set on the response. Node then writes it without looking at each field twice.
 */
function ownFields(headers: HeaderArgument, response: ServerResponse): HeaderFields | undefined {
  if (Array.isArray(headers) || response.getHeaderNames().length > 0) return undefined;
  return HeaderFields.copyOf(headers as Record<string, OutgoingHttpHeader>);
}

function isHeaders(argument: unknown): argument is HeaderArgument {
  return typeof argument === 'object' && argument !== null;
}
