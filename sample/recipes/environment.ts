import { Controller, Get, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { CorsModule } from 'nestjs-cors';

@Controller('orders')
export class OrdersController {
  @Get() list(): string[] {
    return ['first', 'second'];
  }
}

/** `CORS_ORIGINS=https://app.example.com,https://*.partner.example` */
function originsOf(list: string): string[] {
  return list.split(',').map((origin) => origin.trim());
}

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    CorsModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        default: { origin: originsOf(config.getOrThrow<string>('CORS_ORIGINS')) },
      }),
    }),
  ],
  controllers: [OrdersController],
})
export class EnvironmentModule {}
