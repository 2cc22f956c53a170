import { describeTable } from '../../support/describe-table.js';
import { policies, withDefault } from '../../support/policies.js';
import * as options from './options.table.js';
import * as resolution from './resolution.table.js';

describeTable('the policy', [...resolution.rows, ...options.rows], {
  main: () => ({
    cors: withDefault(),
    controllers: [...resolution.controllers, ...options.controllers],
  }),
  bare: () => ({
    cors: { policies: policies() },
    controllers: resolution.controllers.filter(({ name }) => name !== 'FromDefaultController'),
  }),
});
