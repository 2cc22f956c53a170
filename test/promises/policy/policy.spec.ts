import { describeTable } from '../../support/describe-table.js';
import { policies, withDefault } from '../../support/policies.js';
import * as credentials from './credentials.table.js';
import * as options from './options.table.js';
import * as resolution from './resolution.table.js';

describeTable('the policy', [...resolution.rows, ...options.rows, ...credentials.rows], {
  main: () => ({
    cors: withDefault({ policies: { ...policies(), ...credentials.policies() } }),
    controllers: [...resolution.controllers, ...options.controllers, ...credentials.controllers],
  }),
  bare: () => ({
    cors: { policies: policies() },
    controllers: resolution.controllers.filter(({ name }) => name !== 'FromDefaultController'),
  }),
});
