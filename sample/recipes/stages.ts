import { Controller, Get, Module } from '@nestjs/common';
import { CorsModule, type CorsModuleOptions } from 'nestjs-cors';

@Controller('orders')
export class OrdersController {
  @Get() list(): string[] {
    return ['first', 'second'];
  }
}

/** The differences between the stages, in one place; a test can pass each to `CorsModule.validate()`. */
export function corsOf(stage: string | undefined): CorsModuleOptions {
  if (stage === 'production')
    return { default: { origin: 'https://app.example.com', credentials: true } };
  return {
    default: { origin: ['http://localhost:*', 'https://app.example.com'], credentials: true },
    debug: true, // the browser's console names the check that failed
  };
}

@Module({
  imports: [CorsModule.forRootAsync({ useFactory: () => corsOf(process.env['NODE_ENV']) })],
  controllers: [OrdersController],
})
export class StagesModule {}
