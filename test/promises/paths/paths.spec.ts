import { describeTable } from '../../support/describe-table.js';
import { APP } from '../../support/origins.js';
import { policies, withDefault } from '../../support/policies.js';
import { against } from '../../support/row.js';
import * as beyond from './paths.table.js';
import * as forwarding from './forwarding.table.js';
import * as unrouted from './unrouted.table.js';

describeTable(
  'what no handler serves',
  [...beyond.rows, ...unrouted.rows, ...against('forwarding', beyond.rows), ...forwarding.rows],
  {
    main: () => ({ cors: withDefault(), controllers: unrouted.controllers }),
    narrow: () => ({
      cors: { policies: policies(), default: { origin: APP, methods: ['PUT'] } },
      controllers: unrouted.controllers,
    }),
    bare: () => ({ cors: { policies: policies() }, controllers: unrouted.controllers }),
    paths: ({ platform, strategy }) => ({
      cors: withDefault(strategy === 'hook' ? { paths: beyond.paths() } : {}),
      controllers: beyond.controllers,
      configure: (app) => beyond.mountUpstream(app, platform),
    }),
    forwarding: ({ strategy }) =>
      strategy === 'hook'
        ? {
            cors: withDefault({ paths: [...beyond.paths(), ...forwarding.paths()] }),
            controllers: [...beyond.controllers, ...forwarding.controllers],
          }
        : { cors: withDefault(), controllers: beyond.controllers },
  },
);
