import { describeTable } from '../../support/describe-table.js';
import { policies, withDefault } from '../../support/policies.js';
import * as listed from './listed-methods.table.js';
import * as preflight from './preflight.table.js';

describeTable('preflights', [...preflight.rows, ...listed.rows], {
  main: () => ({
    cors: withDefault(),
    controllers: [...preflight.controllers, ...listed.controllers],
  }),
  debug: () => ({ cors: withDefault({ debug: true }), controllers: preflight.controllers }),
  bare: () => ({ cors: { policies: policies() }, controllers: preflight.controllers }),
});
