import type { OutgoingHttpHeader, ServerResponse } from 'node:http';
import { writeActualHeaders } from '../protocol/actual-response.js';
import type { HeaderSink } from '../protocol/header-sink.js';
import { EXPOSE, keepExposed } from '../protocol/exposed-headers.js';
import type { Exchange } from './exchange.js';
import { ResponseHead, type HeadAuthority, type HeadDecision } from './head.js';
import { adoptHeaders, HeaderFields, type HeaderArgument } from './header-fields.js';

const HEAD = Symbol('nestjs-cors.head');

type WithHead<Decision extends HeadDecision = HeadDecision> = ServerResponse & {
  [HEAD]?: ResponseHead<Decision>;
};

/** The head of a response as one application sees it: a response of a mounted application has one for each of both. */
export function headOf<Decision extends HeadDecision>(
  response: ServerResponse,
  authority: HeadAuthority<Decision>,
): ResponseHead<Decision> | undefined {
  let head = (response as WithHead<Decision>)[HEAD];
  while (head !== undefined && head.authority !== authority)
    head = head.outer as ResponseHead<Decision> | undefined;
  return head;
}

/**
 * Makes sure that the policy has the last word when the response head is written, whoever writes it: Nest, an exception
 * filter, a stream, a proxy, or a handler that took the response over.
 */
export function watchHead<Decision extends HeadDecision>(
  { request, response, url, native }: Exchange,
  authority: HeadAuthority<Decision>,
): ResponseHead<Decision> {
  const watched = headOf(response, authority);
  // Whoever took the request before has handed it on.
  if (watched !== undefined)
    return Object.assign(watched, { native, passedBack: false, decided: undefined });
  const { [HEAD]: outer } = response as WithHead;
  const head = new ResponseHead(
    request,
    response,
    url,
    request.method ?? 'GET',
    native,
    request.headers.origin,
    authority,
    outer === undefined ? response.writeHead : outer.writeHead,
    outer,
  );
  (response as WithHead<Decision>)[HEAD] = head;
  if (outer === undefined) response.writeHead = writeHead as ServerResponse['writeHead'];
  return head;
}

/** Stands in for `response.writeHead`: one function for all responses, its state on the response. */
function writeHead(this: WithHead, status: number, reason?: unknown, headers?: unknown): unknown {
  const head = this[HEAD];
  if (head === undefined) return this;
  const deciding = this.headersSent || status < 200 ? undefined : decidingHead(head);
  if (deciding === undefined) return passOn(this, head, status, reason, headers);
  if (reason !== undefined || headers !== undefined)
    return writeGiven(this, deciding, status, reason, headers);
  applyDecision(deciding, this);
  return head.writeHead.call(this, status);
}

/** The outermost application that has something to say decides alone. */
function decidingHead(head: ResponseHead): ResponseHead | undefined {
  const outer = head.outer === undefined ? undefined : decidingHead(head.outer);
  if (outer !== undefined) return outer;
  head.decision = head.passedBack ? undefined : head.authority.decideHead(head);
  return head.decision === undefined ? undefined : head;
}

/** With a reason phrase, headers, or both; a proxy or Fastify hands over the headers here. */
function writeGiven(
  response: WithHead,
  head: ResponseHead,
  status: number,
  reason: unknown,
  headers: unknown,
): unknown {
  const given = isHeaders(reason) ? reason : headers;
  const fields = isHeaders(given) ? ownFields(given, response) : undefined;
  if (fields === undefined && isHeaders(given)) adoptHeaders(given, response);
  applyDecision(head, fields ?? response);
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

function applyDecision({ authority, decision, origin }: ResponseHead, sink: HeaderSink): void {
  if (decision?.policy === undefined) return;
  const { policy, entry } = decision;
  const exposed = entry?.keepExposedHeaders ? sink.getHeader(EXPOSE) : undefined;
  const replaced = writeActualHeaders(policy, origin, decision, sink);
  if (exposed !== undefined) keepExposed(exposed, decision, sink);
  if (replaced.length > 0) authority.replaced(decision, replaced);
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
