import { Test } from '@nestjs/testing';
import { CorsInspector } from 'nestjs-cors';
import { browser } from 'nestjs-cors/testing';
import { AppModule } from './app.module.js';

describe.each(['hook', 'interceptor'] as const)('strategy %s', (strategy) => {
  it('lets a partner change an order, and nobody else', async () => {
    const module = await Test.createTestingModule({
      imports: [AppModule.with(strategy)],
    }).compile();
    const app = module.createNestApplication();
    await app.init();
    const [partner, evil] = ['https://eu.partner.example', 'https://evil.example'].map((origin) =>
      browser(app).page(origin),
    );
    const changed = await partner?.fetch('/orders/7', { method: 'PUT' });
    const refused = await evil?.fetch('/orders/7', { method: 'PUT' });
    expect([changed?.allowed, refused?.allowed]).toEqual([true, false]);
    expect(app.get(CorsInspector).routes().length).toBe(5);
    await app.close();
  });
});
