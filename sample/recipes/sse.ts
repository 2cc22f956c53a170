import { Controller, Module, Sse, type MessageEvent } from '@nestjs/common';
import { CorsModule, CorsPolicy } from 'nestjs-cors';
import { from, type Observable } from 'rxjs';

@CorsPolicy('app')
@Controller('prices')
export class PricesController {
  @Sse() stream(): Observable<MessageEvent> {
    return from([{ data: { price: 7 } }, { data: { price: 8 } }]);
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      policies: { app: { origin: 'https://app.example.com', credentials: true } },
    }),
  ],
  controllers: [PricesController],
})
export class PricesModule {}
