import { load } from './subject.mjs';

/** Stands for a response whose head nobody sends: what is measured is the decision, not Node. */
class Answer {
  headersSent = false;
  destroyed = false;
  names = [];

  writeHead(status) {
    this.status = status;
    return this;
  }

  end() {
    this.headersSent = true;
  }

  getHeaderNames() {
    return this.names;
  }

  getHeader() {}
  setHeader() {}
  removeHeader() {}
}

/** What the hook does with a request, without the platform around it. */
export async function decisionsOf(app) {
  const { CorsHook } = await load('app/hook.js');
  const { Decisions } = await load('app/decisions.js');
  const { headOf } = await load('platform/response-head.js');
  const hook = app.get(CorsHook, { strict: false });
  const { ResponseHeads } = await load('app/response-heads.js');
  const heads = app.get(ResponseHeads, { strict: false });
  const decisions = app.get(Decisions, { strict: false });
  const socket = { remoteAddress: '127.0.0.1' };
  const unrouted = { raw: {}, routeOptions: {} };

  function ask(method, url, headers) {
    const answer = new Answer();
    const request = { method, url, headers, socket };
    hook.everyRequest(request, answer, unrouted);
    return answer;
  }

  return {
    preflight: ask,
    /** A response of the route's handler. */
    handled: (method, url, headers) => {
      const answer = ask(method, url, headers);
      headOf(answer, heads).route = decisions.chooser.routes.at(-1);
      return answer.writeHead(200);
    },
    /** A response that no handler gave, such as a guard's: the route is looked up. */
    unhandled: (method, url, headers) => ask(method, url, headers).writeHead(401),
  };
}
