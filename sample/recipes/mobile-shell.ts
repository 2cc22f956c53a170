import { Controller, Module, Put } from '@nestjs/common';
import { CorsModule, CorsPolicy } from 'nestjs-cors';

@CorsPolicy('shell')
@Controller('orders')
export class OrdersController {
  @Put(':id') update(): string {
    return 'updated';
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      policies: {
        shell: {
          origin: [
            'capacitor://localhost',
            'https://localhost',
            'tauri://localhost',
            'http://tauri.localhost',
            'https://tauri.localhost',
          ],
          allowedHeaders: ['Authorization', 'Content-Type'],
        },
      },
    }),
  ],
  controllers: [OrdersController],
})
export class ShellModule {}
