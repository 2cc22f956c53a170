import type { CorsPolicyOptions, CorsStrategy } from 'nestjs-cors';
import { describeTable } from '../../support/describe-table.js';
import { APP, PARTNER } from '../../support/origins.js';
import { policies } from '../../support/policies.js';
import * as reject from './reject.table.js';

/** `denied: 'reject'` is refused under strategy `'interceptor'`. */
function strict(strategy: CorsStrategy): Record<string, CorsPolicyOptions> {
  const denied = strategy === 'hook' ? 'reject' : 'omit';
  return { ...policies(), strict: { origin: PARTNER, denied } };
}

describeTable("denied: 'reject'", reject.rows, {
  reject: ({ strategy }) => ({
    cors: { default: 'strict', policies: strict(strategy) },
    controllers: reject.controllers,
  }),
  proxied: ({ strategy }) => ({
    trustProxy: true,
    cors: { default: { origin: APP }, policies: strict(strategy) },
    controllers: reject.controllers,
  }),
});
