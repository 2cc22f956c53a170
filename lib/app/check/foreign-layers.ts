import type { AbstractHttpAdapter } from '@nestjs/core';
import { CorsConfigurationError } from '../../config/issues/configuration-error.js';
import type { IssueCollector } from '../../config/issues/issue-collector.js';

const CODE = 'second-cors-layer';

/** Makes `app.enableCors()`, and `cors` among the options of `NestFactory.create()`, an error. */
export function refuseEnableCors(adapter: AbstractHttpAdapter): void {
  adapter.enableCors = () => {
    throw new CorsConfigurationError([
      {
        code: CODE,
        where: 'app.enableCors()',
        message:
          'enableCors() answers preflights and sets headers beside CorsModule, and browsers reject two answers; remove it (and `cors: true`), its options are those of a policy',
      },
    ]);
  };
}

/** Reports CORS middleware and plugins that were registered on the platform itself. */
export function reportForeignLayers(layers: readonly string[], issues: IssueCollector): void {
  for (const layer of layers) {
    issues.add(
      CODE,
      layer,
      `${layer} is registered on the application and would answer beside CorsModule, and browsers reject two answers; remove it, its options are those of a policy`,
    );
  }
}
