import { Controller, Get } from '@nestjs/common';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { CorsPolicy } from 'nestjs-cors';
import { collectCorsMetrics as collectByOpenTelemetry } from 'nestjs-cors/opentelemetry';
import { collectCorsMetrics as collectByPrometheus } from 'nestjs-cors/prometheus';
import { Registry } from 'prom-client';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { preflight } from '../../support/row.js';
import { send } from '../../support/raw.js';
import { startApp } from '../../support/test-app.js';

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get(':id')
  one(): string {
    return 'one';
  }
}

/** Read when it is asked to, instead of by a clock. */
class ReaderOnDemand extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

describe.each(PLATFORMS)('metrics on %s', (platform) => {
  it('count decisions, and whoever sends requests adds no series', async () => {
    const registry = new Registry();
    const reader = new ReaderOnDemand();
    const meterProvider = new MeterProvider({ readers: [reader] });
    const stops = [collectByPrometheus({ registry }), collectByOpenTelemetry({ meterProvider })];
    const cors = { policies: { partners: { origin: 'https://partner.example' } } };
    const app = await startApp(createAdapter(platform), { controllers: [OrdersController], cors });
    for (let sent = 0; sent < 30; sent += 1) {
      const headers = [['Origin', `https://s${sent}.example`]] as const;
      await send(app.port, { path: `/orders/${sent}`, headers });
      await send(app.port, preflight(`/orders/${sent}`, `M${sent}`, 'https://partner.example'));
    }
    await send(app.port, { path: '/orders/1', headers: [['Origin', 'https://partner.example']] });
    stops.forEach((stop) => stop());
    await send(app.port, { path: '/orders/1', headers: [['Origin', 'https://partner.example']] });
    await app.close();

    const text = await registry.metrics();
    const lines = text.split('\n').filter((line) => line.startsWith('cors_'));
    expect(lines.sort()).toEqual([
      'cors_server_decisions_total{decision="allowed",type="actual",reason="allowed",policy="partners"} 1',
      'cors_server_decisions_total{decision="denied",type="actual",reason="origin-denied",policy="partners"} 30',
      'cors_server_decisions_total{decision="denied",type="preflight",reason="method-denied",policy="partners"} 30',
    ]);
    const { resourceMetrics } = await reader.collect();
    const [metric] = resourceMetrics.scopeMetrics[0]?.metrics ?? [];
    expect(metric?.descriptor.name).toBe('cors.server.decisions');
    expect(metric?.dataPoints.map(({ attributes, value }) => ({ ...attributes, value }))).toEqual([
      {
        'cors.decision': 'denied',
        'cors.request.type': 'actual',
        'cors.policy.name': 'partners',
        'cors.deny.reason': 'origin-denied',
        'http.request.method': 'GET',
        'http.route': '/orders/:id',
        value: 30,
      },
      {
        'cors.decision': 'denied',
        'cors.request.type': 'preflight',
        'cors.policy.name': 'partners',
        'cors.deny.reason': 'method-denied',
        'http.request.method': '_OTHER',
        'http.route': '/orders/:id',
        value: 30,
      },
      {
        'cors.decision': 'allowed',
        'cors.request.type': 'actual',
        'cors.policy.name': 'partners',
        'http.request.method': 'GET',
        'http.route': '/orders/:id',
        value: 1,
      },
    ]);
  });
});
