import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ApplicationPolicies } from '../app/application-policies.js';
import { BoundedLog } from '../app/bounded-log.js';
import { Decisions } from '../app/decisions.js';
import { refuseRequest } from '../app/perform.js';
import { PREFLIGHTS, type PreflightAnswerer } from '../app/preflights.js';
import { ResponseHeads } from '../app/response-heads.js';
import { CorsConfigurationError } from '../config/issues/configuration-error.js';
import { show } from '../protocol/show-value.js';
import type { Choice } from '../routes/choice.js';
import type { Gateway } from './gateway.js';
import { GatewayPolicies } from './gateway-policies.js';
import { gateNamespace, ofNamespace } from './namespaces.js';
import { observeAdapters, type Creation } from './observe-adapters.js';
import { PollingRequests } from './polling.js';
import { gateServer } from './server-gate.js';
import { overriddenCors, type MadeServer } from './check-own-cors.js';
import { recogniseSocketServer } from './socket-server.js';
import { UpgradeJudge } from './upgrade-judge.js';
import { UpgradeRequests } from './upgrade-requests.js';

/** Decides about WebSocket upgrades, on the application's server and on those that gateways have for themselves. */
@Injectable()
export class CorsUpgrades implements OnModuleInit {
  private readonly faults = new BoundedLog(new Logger('CorsModule'));
  private readonly judge: UpgradeJudge;
  private readonly polling: PollingRequests;
  private readonly upgrades: UpgradeRequests;
  /** Those that are still to be looked at by {@link checkOwnCors}. */
  private readonly made: MadeServer[] = [];
  private readonly served = new WeakMap<Server, MadeServer[]>();

  constructor(
    private readonly policies: ApplicationPolicies,
    private readonly gatewayPolicies: GatewayPolicies,
    private readonly host: HttpAdapterHost,
    decisions: Decisions,
    heads: ResponseHeads,
    @Inject(PREFLIGHTS) preflights: () => PreflightAnswerer,
    config: ApplicationConfig,
  ) {
    this.judge = new UpgradeJudge(decisions, gatewayPolicies);
    this.polling = new PollingRequests(this.judge, decisions, heads, preflights);
    this.upgrades = new UpgradeRequests(this.judge, policies.debug, this.report);
    observeAdapters(config, (creation) => this.onCreation(creation));
  }

  /** By now the server exists, which it does not when providers are constructed, and nobody has connected yet. */
  onModuleInit(): void {
    const { defaultPolicy, paths } = this.policies;
    const server = this.host.httpAdapter?.getHttpServer() as Server | undefined;
    if (server && (defaultPolicy !== undefined || paths.length > 0)) this.gate(server);
    this.checkOwnCors();
  }

  /** Now that the routes are known: which policies meet upgrades is settled with the first question. */
  private checkOwnCors(): void {
    const { issues } = this.policies;
    const choose = (gateway: Gateway, target: string): Choice =>
      this.judge.choiceOf(gateway, target);
    for (const { code, where, message, value } of this.made.flatMap((server) =>
      overriddenCors(server, choose),
    ))
      issues.add(code, where, message, value);
    this.made.length = 0;
    // With an HTTP platform, start-up throws what everybody has found.
    if (!this.host.httpAdapter) issues.throwIfAny();
  }

  private onCreation({ created, adapter, port, options }: Creation): void {
    const { path, namespace } = options;
    const gateways = this.gatewayPolicies.gateways.filter(
      (gateway) => gateway.port === port && gateway.path === path,
    );
    gateNamespace(created, ofNamespace(gateways, namespace), this.judge, this.report);
    if (namespace !== undefined && options['server'] !== undefined) return; // its server was created before it
    const server = recogniseSocketServer(created, adapter, port, gateways[0]?.path);
    if (server.http === undefined) return this.refuseUnknown(gateways);
    const made = { ...server, gateways, maker: adapter.constructor.name };
    this.made.push(made);
    this.gate(server.http).push(made);
  }

  /** The socket servers on an HTTP server; from the first call on, upgrades are decided. */
  private gate(server: Server): MadeServer[] {
    const known = this.served.get(server);
    if (known !== undefined) return known;
    const served: MadeServer[] = [];
    this.served.set(server, served);
    gateServer(server, {
      upgrade: (request, socket, go) =>
        this.upgrades.handle(request, socket, this.takers(served, request), go),
      concerns: (request) => served.length > 0 && pollerOf(served, request) !== undefined,
      request: (request, response, go) =>
        void this.poll(pollerOf(served, request)?.gateways ?? [], request, response, go),
    });
    return served;
  }

  private takers(
    served: readonly MadeServer[],
    { url = '/', headers }: IncomingMessage,
  ): readonly Gateway[] {
    const takers = served.filter(({ takes }) => takes(url, headers.host));
    return takers.flatMap(({ gateways }) => gateways);
  }

  private async poll(
    gateways: readonly Gateway[],
    request: IncomingMessage,
    response: ServerResponse,
    go: () => void,
  ): Promise<void> {
    try {
      await this.polling.handle(request, response, gateways, go);
    } catch (error) {
      this.report(error);
      refuseRequest(response);
    }
  }

  private readonly report = (error: unknown): void => {
    const message = `a WebSocket connection is denied: ${show(error)}`;
    this.faults.report('error', message, message);
  };

  /** A policy that cannot be enforced must not look as if it were. */
  private refuseUnknown(gateways: readonly Gateway[]): void {
    const decorated = gateways.filter((gateway) => this.gatewayPolicies.of(gateway) !== undefined);
    if (decorated.length === 0) return;
    throw new CorsConfigurationError(
      decorated.map(({ type }) => ({
        code: 'gateway-without-server',
        where: type.name,
        message:
          'the WebSocket adapter does not say which HTTP server it uses, so that @CorsPolicy() cannot hold here; use an adapter that extends WsAdapter or IoAdapter',
      })),
    );
  }
}

/** The socket server whose HTTP long-polling a request belongs to. */
function pollerOf(
  served: readonly MadeServer[],
  { url = '/' }: IncomingMessage,
): MadeServer | undefined {
  return served.find(({ polls, takes }) => polls && takes(url, undefined));
}
