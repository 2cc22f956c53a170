import { CorsInspector, type CorsPolicyOptions } from 'nestjs-cors';
import type { CorsManifest } from 'nestjs-cors/export';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';
import type { Random } from '../../../support/random.js';
import { startApp } from '../../../support/test-app.js';
import { observing } from '../support/seen.js';
import {
  type Configuration,
  controllerOf,
  corsOf,
  randomConfiguration,
} from '../../manifest/random/configuration.js';
import { written } from '../../manifest/random/written.js';

/** An application that keeps book of what reaches it. */
export interface Application {
  readonly configuration: Configuration;
  readonly manifest: CorsManifest;
  readonly port: number;
  /** The `X-Case` of every request. */
  readonly seen: Set<string>;
  close(): Promise<void>;
}

/** Changes every policy, for targets that cannot say it. */
type Change = (policy: CorsPolicyOptions) => CorsPolicyOptions;

export async function startRandom(
  random: Random,
  platform: PlatformName,
  change: Change = plain,
): Promise<Application> {
  const configuration = changed(written(randomConfiguration(random), platform), change);
  const { app, port, close } = await startApp(createAdapter(platform), {
    controllers: [controllerOf(configuration)],
    cors: corsOf(configuration),
  });
  const seen = observing(app);
  return { configuration, manifest: app.get(CorsInspector).manifest(), port, seen, close };
}

function changed(configuration: Configuration, change: Change): Configuration {
  const policies = Object.fromEntries(
    Object.entries(configuration.policies).map(([name, policy]) => [name, change(policy)]),
  );
  return { ...configuration, policies };
}

/** Expressions are a loss, which has a test of its own. */
export function plain(policy: CorsPolicyOptions): CorsPolicyOptions {
  const { origin } = policy;
  if (!Array.isArray(origin)) return policy;
  return { ...policy, origin: origin.filter((one) => !(one instanceof RegExp)) };
}
