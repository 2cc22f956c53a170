import { Controller, Get, Header, Module, Put } from '@nestjs/common';
import { CorsModule, CorsPolicy } from 'nestjs-cors';

@CorsPolicy('public')
@Controller('catalogue')
export class CatalogueController {
  @Get() @Header('Cache-Control', 'public, max-age=300') list(): string[] {
    return ['one copy for everyone'];
  }
}

@CorsPolicy('app')
@Controller('orders')
export class OrdersController {
  @Get() @Header('Cache-Control', 'private, no-cache') list(): string[] {
    return ['a copy for each origin'];
  }

  @Put(':id') update(): string {
    return 'updated';
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      policies: {
        public: { origin: '*' },
        app: {
          origin: ['https://app.example.com', 'https://admin.example.com'],
          preflightHeaders: { 'Cache-Control': 'public, max-age=600' },
        },
      },
    }),
  ],
  controllers: [CatalogueController, OrdersController],
})
export class BehindCdnModule {}
