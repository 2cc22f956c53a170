import { AbstractHttpAdapter } from '@nestjs/core';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readPreflight } from '../../protocol/request-kind.js';
import { goOnIf } from '../go-on.js';
import type { RequestHook } from '../http-platform.js';
import { childrenOf, hooksOf, optionsOf, type FastifyInstanceView } from './fastify-instance.js';

type Listener = (this: unknown, request: IncomingMessage, response: ServerResponse) => void;

/** Hooks that see a request although an earlier hook has answered it. */
const WITNESSES = ['onResponse', 'onTimeout', 'onRequestAbort'] as const;

/**
 * Answers preflights when the server hands them over. Fastify would look for their route twice (there is no `OPTIONS` route,
 * then the one for 404), and make a request and a reply that nobody uses. What else happens to a request goes the same way
 * as ever, and so do preflights that somebody would miss.
 */
export function answerBeforeRouting(adapter: AbstractHttpAdapter, hook: RequestHook): void {
  const { server } = adapter.getInstance<FastifyInstanceView>();
  const [routing, ...others] = server.listeners('request') as Listener[];
  if (routing === undefined || others.length > 0) return;
  const wouldBeMissed = witnessesOf(adapter);
  server.removeListener('request', routing);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const goOn = (): void => routing.call(server, request, response);
    if (!isPreflight(request) || !server.listening || wouldBeMissed()) return goOn();
    goOnIf(hook(request, response), goOn);
  });
}

/** One whose target may be malformed is for Fastify to refuse. */
function isPreflight({ method, headers, url = '/' }: IncomingMessage): boolean {
  return readPreflight(method, headers) !== undefined && !url.includes('%');
}

/** Whether the application sees requests before our hook, or hears of them afterwards. */
function witnessesOf(adapter: AbstractHttpAdapter): () => boolean {
  const instance = adapter.getInstance<FastifyInstanceView>();
  let known: boolean | undefined;
  return () => {
    if ((adapter as { onResponseHook?: unknown }).onResponseHook !== undefined) return true;
    return (known ??= isRewritten(instance) || isLogged(instance) || isWatched(instance, adapter));
  };
}

function isRewritten(instance: object): boolean {
  return optionsOf(instance)?.rewriteUrl !== undefined;
}

function isLogged(instance: object): boolean {
  const options = optionsOf(instance);
  if (options === undefined) return true;
  const { logger, loggerInstance, logController, disableRequestLogging } = options;
  const logs = loggerInstance !== undefined || logController !== undefined || !isSilent(logger);
  return logs && disableRequestLogging !== true;
}

/** Without a logger Fastify has one whose methods are all the same: they do nothing. */
function isSilent(logger: unknown): boolean {
  const { info, error } = (logger ?? {}) as { info?: unknown; error?: unknown };
  return info === error;
}

/** By a hook of the application's or of a plugin's. */
function isWatched(instance: object, adapter: AbstractHttpAdapter): boolean {
  const hooks = hooksOf(instance);
  const children = childrenOf(instance);
  if (hooks === undefined || children === undefined) return true;
  const most = (name: string): number => (name === 'onResponse' ? nestsOwn(adapter) : 0);
  return (
    WITNESSES.some((name) => (hooks[name]?.length ?? 0) > most(name)) ||
    children.some((child) => isWatched(child, adapter))
  );
}

/** Nest's adapter adds a hook for its `setOnResponseHook()`, which does nothing until that is called. */
function nestsOwn(adapter: AbstractHttpAdapter): number {
  return adapter.setOnResponseHook === AbstractHttpAdapter.prototype.setOnResponseHook ? 0 : 1;
}
