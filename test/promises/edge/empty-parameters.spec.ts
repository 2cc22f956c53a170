import { Controller, Get, Patch } from '@nestjs/common';
import { CorsInspector, CorsPolicy } from 'nestjs-cors';
import { exportPolicies } from 'nestjs-cors/export';
import { createAdapter } from '../../support/platforms.js';
import { request } from '../../support/requests.js';
import { startApp } from '../../support/test-app.js';
import { askBoth, permitsMore } from './support/compare.js';
import { describeEngines, startEngine } from './support/engine.js';
import { observing } from './support/seen.js';

const APP = 'https://app.example';

@CorsPolicy('partners')
@Controller()
class AnythingController {
  @Get(':any') one(): string {
    return 'one';
  }
  @Patch(':any') change(): string {
    return 'changed';
  }
  @Get('orders/:id') order(): string {
    return 'order';
  }
  @Patch('orders/:id') update(): string {
    return 'updated';
  }
}

const CORS = {
  default: 'app',
  policies: {
    app: { origin: APP },
    partners: { origin: 'https://partner.example', denied: 'reject' as const },
  },
};

// Fastify leads a path that ends in a slash to the route whose parameter is empty then, and the root to one that is nothing else.
describeEngines('a parameter that is empty', (engine) => {
  it.each(['/', '/orders/', '/x/'])('permits no more than Fastify does: %s', async (path) => {
    const { app, port, close } = await startApp(createAdapter('fastify'), {
      controllers: [AnythingController],
      cors: CORS,
    });
    const seen = observing(app);
    const edge = await startEngine(engine, (listen) =>
      exportPolicies(app.get(CorsInspector).manifest(), {
        target: engine,
        listen,
        upstream: `127.0.0.1:${port}`,
      }),
    );
    for (const method of ['GET', 'HEAD', 'PATCH', 'PUT']) {
      const pair = await askBoth({ nest: port, edge: edge.port, seen }, request(method, path, APP));
      expect([method, permitsMore(pair)]).toEqual([method, false]);
    }
    await edge.close();
    await close();
  });
});
