import { Controller, Get, Headers, Module } from '@nestjs/common';
import { CorsModule, CorsPolicy } from 'nestjs-cors';

@CorsPolicy('catalogue')
@Controller('catalogue')
export class CatalogueController {
  @Get() list(@Headers('cookie') cookies = ''): string {
    return cookies === '' ? 'for everyone' : 'for you';
  }
}

@CorsPolicy('partners')
@Controller('offers')
export class OffersController {
  @Get() list(): string {
    return 'for partners';
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      policies: {
        catalogue: { origin: '*', credentials: ['https://app.example.com'] },
        partners: {
          origin: ['https://app.example.com', 'https://*.partner.example'],
          credentials: ['https://app.example.com'],
        },
      },
    }),
  ],
  controllers: [CatalogueController, OffersController],
})
export class PublicApiModule {}
