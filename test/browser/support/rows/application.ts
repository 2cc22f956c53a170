import type { INestApplication } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';
import { createNest, type Platform } from '../nest-app.js';
import * as fetches from './fetch.controllers.js';
import * as media from './media.controllers.js';
import * as responses from './response.controllers.js';
import { A } from './row.js';

const { overHttp: _overHttp, ...fetchControllers } = fetches;

/** One application with a route for each policy that the rows are about. */
export function createRowsApplication(platform: Platform): Promise<INestApplication> {
  return createNest(platform, {
    imports: [CorsModule.forRoot({ default: { origin: A, exposedHeaders: 'X-Default' } })],
    controllers: [fetchControllers, responses, media].flatMap((file) => Object.values(file)),
  });
}
