import { describeTable } from '../../support/describe-table.js';
import { endOrRewrite } from '../../support/middleware.js';
import { APP } from '../../support/origins.js';
import { policies, withDefault } from '../../support/policies.js';
import * as origins from './origins.table.js';
import * as predicates from './predicates.table.js';

describeTable('origins', [...origins.rows, ...predicates.rows], {
  main: () => ({
    cors: withDefault(),
    controllers: [...origins.controllers, ...predicates.controllers],
    configure: (app) => void app.use(endOrRewrite),
  }),
  'a default with a predicate': () => ({
    cors: { default: { origin: async (origin) => origin === APP }, policies: policies() },
    controllers: origins.controllers,
  }),
});
