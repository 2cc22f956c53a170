import { Controller, Get, HttpCode, Module, Options } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';

@Controller('health')
export class HealthController {
  @Options() @HttpCode(204) options(): void {}

  @Get() get(): string {
    return 'ok';
  }
}

@Module({
  imports: [CorsModule.forRoot({ default: { origin: 'https://app.example.com' } })],
  controllers: [HealthController],
})
export class HealthModule {}
