import type { AbstractHttpAdapter } from '@nestjs/core';
import { CorsConfigurationError } from '../../config/issues/configuration-error.js';
import type { IssueCollector } from '../../config/issues/issue-collector.js';
import { callOf } from './enable-cors-call.js';

const CODE = 'second-cors-layer';

/** Makes `app.enableCors()`, and `cors` among the options of `NestFactory.create()`, an error. */
export function refuseEnableCors(adapter: AbstractHttpAdapter): void {
  adapter.enableCors = refuse;
}

function refuse(): never {
  const { where, remedy } = callOf(refuse);
  throw new CorsConfigurationError([
    {
      code: CODE,
      where,
      message: `${where} answers preflights and sets headers beside CorsModule, and browsers reject two answers; ${remedy}`,
    },
  ]);
}

/** Reports CORS middleware and plugins that cover the whole application; those for a part of it have their place. */
export function reportForeignLayers(layers: readonly string[], issues: IssueCollector): void {
  for (const layer of layers) {
    issues.add(
      CODE,
      layer,
      `${layer} covers the whole application and would answer beside CorsModule, and browsers reject two answers; remove it, its options are those of a policy (CorsModule.forRoot({ default: … })), or narrow it to what has no policy yet: app.use('/legacy', cors())`,
    );
  }
}
