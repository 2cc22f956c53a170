import { describeTable } from '../../support/describe-table.js';
import { endOrRewrite } from '../../support/middleware.js';
import { policies, withDefault } from '../../support/policies.js';
import * as responses from './responses.table.js';

describeTable('responses', responses.rows, {
  main: () => ({
    cors: withDefault(),
    controllers: responses.controllers,
    configure: (app) => void app.use(endOrRewrite),
  }),
  bare: () => ({ cors: { policies: policies() }, controllers: responses.bareControllers }),
});
