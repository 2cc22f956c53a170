import { Controller, Module, Put } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';

@Controller('orders')
export class OrdersController {
  @Put(':id') update(): string {
    return 'updated';
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      default: {
        origin: 'https://app.example.com',
        preflightHeaders: {
          'Cache-Control': 'public, max-age=600',
          'Strict-Transport-Security': 'max-age=31536000',
          'X-Content-Type-Options': 'nosniff',
        },
      },
    }),
  ],
  controllers: [OrdersController],
})
export class PreflightHeadersModule {}
