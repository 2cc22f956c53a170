import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { ApplicationPolicies } from '../app/application-policies.js';
import { BoundedLog } from '../app/bounded-log.js';
import { Decisions } from '../app/decisions.js';
import { DecisionEvents } from '../app/events/decision-events.js';
import { HttpServers } from '../app/http-servers.js';
import { PREFLIGHTS, type PreflightAnswerer } from '../app/preflights.js';
import { ResponseHeads } from '../app/response-heads.js';
import { CorsConfigurationError } from '../config/issues/configuration-error.js';
import { show } from '../protocol/show-value.js';
import type { Choice } from '../routes/choice.js';
import type { Gateway } from './gateway.js';
import { GatewayPolicies } from './gateway-policies.js';
import { gateNamespace, ofNamespace } from './namespaces.js';
import { observeAdapters, type Creation } from './observe-adapters.js';
import { GatedServers } from './gated-servers.js';
import { HandMadeServers } from './hand-made-servers.js';
import { OpenSockets } from './open-sockets.js';
import { PollingRequests } from './polling.js';
import { overriddenCors, type MadeServer } from './check-own-cors.js';
import { recogniseSocketServer } from './socket-server.js';
import { UpgradeJudge } from './upgrade-judge.js';
import { UpgradeRequests } from './upgrade-requests.js';

/** Decides about WebSocket upgrades, on the application's server and on those that gateways have for themselves. */
@Injectable()
export class CorsUpgrades implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('CorsModule');
  private readonly faults = new BoundedLog(this.logger);
  private readonly judge: UpgradeJudge;
  private readonly gated: GatedServers;
  /** Those that are still to be looked at by {@link checkOwnCors}. */
  private readonly made: MadeServer[] = [];
  private handMade: HandMadeServers | undefined;
  /** Where a live source may change who is let in. */
  private readonly open: OpenSockets | undefined;

  constructor(
    private readonly policies: ApplicationPolicies,
    private readonly gatewayPolicies: GatewayPolicies,
    private readonly host: HttpAdapterHost,
    private readonly decisions: Decisions,
    heads: ResponseHeads,
    private readonly servers: HttpServers,
    @Inject(PREFLIGHTS) preflights: () => PreflightAnswerer,
    events: DecisionEvents,
    config: ApplicationConfig,
  ) {
    this.judge = new UpgradeJudge(decisions, gatewayPolicies);
    const polling = new PollingRequests(this.judge, decisions, events, heads, preflights);
    if (policies.live?.closeSockets === true) {
      const open = new OpenSockets(this.report);
      this.open = open;
      decisions.onSwap(() => void open.recheck());
    }
    const { judge, report } = this;
    const upgrades = new UpgradeRequests(judge, events, policies.debug, report, this.open);
    const isTakenOver = (server: Server): boolean =>
      decisions.chooserIfAny?.platform.reachedFrom(server).length === 0;
    this.gated = new GatedServers(upgrades, polling, isTakenOver, this.report);
    observeAdapters(config, (creation) => this.onCreation(creation));
  }

  /** By now the server exists, which it does not when providers are constructed, and nobody has connected yet. */
  onModuleInit(): void {
    this.gateApplication();
    this.checkOwnCors();
  }

  onApplicationShutdown(): void {
    this.handMade?.close();
  }

  /** Upgrades that no gateway takes are under `paths` and `default`, on every server that leads to the application. */
  private gateApplication(): void {
    const { defaultPolicy, paths } = this.policies;
    const server = this.host.httpAdapter?.getHttpServer() as Server | undefined;
    const platform = this.decisions.chooserIfAny?.platform;
    if (defaultPolicy === undefined && paths.length === 0) return;
    if (server) this.gated.gate(server, ['']);
    if (platform !== undefined)
      this.handMade = new HandMadeServers(this.gated, platform, this.servers, this.logger);
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
    gateNamespace(created, ofNamespace(gateways, namespace), this.judge, this.report, this.open);
    if (namespace !== undefined && options['server'] !== undefined) return; // its server was created before it
    const server = recogniseSocketServer(created, adapter, port, gateways[0]?.path);
    if (server.http === undefined) return this.refuseUnknown(gateways);
    const made = { ...server, gateways, maker: adapter.constructor.name };
    this.made.push(made);
    this.gated.add(server.http, made);
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
