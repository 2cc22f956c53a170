import { type INestApplication, RequestMethod, VersioningType } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { describeTable } from '../../support/describe-table.js';
import { withDefault } from '../../support/policies.js';
import * as routing from './routing.table.js';

describeTable('what decides between routes', routing.rows, {
  versioned: () => ({
    cors: withDefault(),
    controllers: routing.versionedControllers,
    configure: (app) => void app.enableVersioning({ type: VersioningType.URI }),
  }),
  'header-versioned': () => ({
    cors: withDefault(),
    controllers: routing.headerVersionedControllers,
    configure: (app) =>
      void app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' }),
  }),
  prefixed: () => ({
    cors: withDefault(),
    controllers: routing.prefixedControllers,
    imports: [
      routing.AdminModule,
      RouterModule.register([{ path: 'admin', module: routing.AdminModule }]),
    ],
    configure: (app: INestApplication) =>
      void app.setGlobalPrefix('api', { exclude: [{ path: 'mixed', method: RequestMethod.PUT }] }),
  }),
});
