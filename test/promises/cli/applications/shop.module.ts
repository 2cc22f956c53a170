import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  Post,
  type INestApplication,
} from '@nestjs/common';
import { CorsModule, CorsPolicy, NoCors } from 'nestjs-cors';
import { Settings, SettingsModule } from './settings.module.js';

/** A database that is not there: connecting takes for ever, or fails at once. */
const NEVER = { provide: 'NEVER', useFactory: () => new Promise(() => {}) };
const REFUSED = {
  provide: 'REFUSED',
  useFactory: () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:5432')),
};

@Injectable()
class Orders {
  constructor(
    @Inject('NEVER') readonly never: unknown,
    @Inject('REFUSED') readonly refused: unknown,
  ) {
    throw new Error('constructed');
  }
}

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  constructor(readonly orders: Orders) {}
  @Get() list(): string {
    return 'orders';
  }
  @NoCors() @Post() create(): string {
    return 'created';
  }
}

@Module({
  imports: [
    CorsModule.forRootAsync({
      imports: [SettingsModule],
      inject: [Settings],
      useFactory: ({ environment }: Settings) => ({
        default: 'app',
        policies: {
          app: { origin: 'https://app.example' },
          partners: { origin: environment.partner, credentials: true },
        },
      }),
    }),
  ],
  controllers: [OrdersController],
  providers: [NEVER, REFUSED, Orders],
})
export class ShopModule {
  onModuleInit(): void {
    throw new Error('initialised');
  }
}

console.log('printed while it is imported');

/** Settings that main.ts makes before listen(). */
export function configure(app: INestApplication): void {
  app.setGlobalPrefix('api');
}
