import { Controller, Get, type INestApplication, Put } from '@nestjs/common';
import { CorsModule, CorsPolicy, NoCors } from 'nestjs-cors';
import { browser, type BrowserOptions } from 'nestjs-cors/testing';
import { createNest, PLATFORMS } from './support/nest-app.js';

const PAGE = 'https://page.example';

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get() list(): void {}
  @CorsPolicy({ extends: 'partners', maxAge: 60 }) @Put() update(): void {}
  @NoCors() @Get('internal') internal(): void {}
}

@CorsPolicy({ origin: 'https://inline.example' })
@Controller('inline')
class InlineController {
  @Get() read(): void {}
}

@Controller('plain')
class PlainController {
  @Get() read(): void {}
}

const mine = (): { policy: string } => ({ policy: 'mine' });

const cors = CorsModule.forRoot({
  default: 'app',
  policies: {
    app: { origin: 'https://app.example' },
    partners: { origin: 'https://partner.example' },
  },
});

describe.each(PLATFORMS)('a blocked fetch on %s', (platform) => {
  let app: INestApplication;

  afterEach(() => app.close());

  async function message(path: string, method = 'GET', options?: BrowserOptions): Promise<string> {
    const web = browser(app, options);
    const result = await web.page(PAGE).fetch(path, { method });
    await web.close();
    return result.allowed ? 'allowed' : result.message;
  }

  it.each([
    ['GET', '/orders', "policy 'partners' at OrdersController.list"],
    ['PUT', '/orders', 'the policy at OrdersController.update (extends partners)'],
    ['GET', '/orders/internal', "policy '@NoCors()' at OrdersController.internal"],
    ['GET', '/inline', 'the policy at InlineController,'],
    ['GET', '/plain', "policy 'app' at PlainController.read"],
    ['GET', '/nowhere', "policy 'app',"],
  ])('names what to change for %s %s', async (method, path, name) => {
    app = await createNest(platform, {
      imports: [cors],
      controllers: [OrdersController, InlineController, PlainController],
    });
    expect(await message(path, method)).toContain(`'origin' of ${name}`);
  });

  it('asks the test first', async () => {
    app = await createNest(platform, { imports: [cors], controllers: [PlainController] });
    expect(await message('/plain', 'GET', { explain: mine })).toContain("policy 'mine'");
  });

  it('names nothing where there is no CorsInspector', async () => {
    app = await createNest(platform, { controllers: [PlainController] });
    expect(await message('/plain')).toContain("'origin' of the policy of this route");
  });
});
