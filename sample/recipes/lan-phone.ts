import { Controller, Get, Module } from '@nestjs/common';
import { CorsModule, type CorsModuleOptions } from 'nestjs-cors';

@Controller('orders')
export class OrdersController {
  @Get() list(): string[] {
    return ['first', 'second'];
  }
}

export function corsOf(stage: string | undefined): CorsModuleOptions {
  if (stage === 'production')
    return { default: { origin: 'https://app.example.com', credentials: true } };
  return {
    default: {
      origin: ['http://localhost:5173', 'http://192.168.1.20:5173'],
      credentials: true,
      dangerouslyAllow: ['insecure-origin-with-credentials'],
    },
  };
}

@Module({
  imports: [CorsModule.forRootAsync({ useFactory: () => corsOf(process.env['NODE_ENV']) })],
  controllers: [OrdersController],
})
export class LanModule {}
