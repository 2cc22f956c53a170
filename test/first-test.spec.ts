import { Controller, Delete, Get, type INestApplication, Put } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CorsModule, CorsPolicy, NoCors } from 'nestjs-cors';

/** A first test, as one writes it in an application: boot it, send three requests, look at the headers. */
@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get() list(): string[] {
    return ['first', 'second'];
  }
  @Put(':id') update(): string {
    return 'updated';
  }
  @NoCors() @Delete(':id') remove(): string {
    return 'removed';
  }
}

describe('Orders', () => {
  const partner = 'https://shop.partner.example';
  let app: INestApplication;
  let orders: string;

  beforeAll(async () => {
    const policies = { partners: { origin: 'https://*.partner.example', maxAge: 3600 } };
    const module = await Test.createTestingModule({
      imports: [CorsModule.forRoot({ policies })],
      controllers: [OrdersController],
    }).compile();
    app = module.createNestApplication({ logger: false });
    await app.listen(0);
    orders = `${await app.getUrl()}/orders`;
  });

  afterAll(() => app.close());

  it('may be read by a partner', async () => {
    const response = await fetch(orders, { headers: { Origin: partner } });
    expect(await response.json()).toEqual(['first', 'second']);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(partner);
  });

  it('may not be read by anyone else', async () => {
    const response = await fetch(orders, { headers: { Origin: 'https://evil.test' } });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(response.headers.get('Vary')).toBe('Origin');
  });

  it('may be updated by a partner, and removed by no other site', async () => {
    const preflight = (method: string): Promise<Response> =>
      fetch(`${orders}/7`, {
        method: 'OPTIONS',
        headers: { Origin: partner, 'Access-Control-Request-Method': method },
      });
    const update = await preflight('PUT');
    expect(update.status).toBe(204);
    expect(update.headers.get('Access-Control-Allow-Methods')).toBe('PUT');
    expect((await preflight('DELETE')).status).toBe(403);
  });
});
