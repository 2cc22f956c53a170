import { Controller, Get, Header, Module, StreamableFile } from '@nestjs/common';
import { CorsModule, CorsPolicy } from 'nestjs-cors';

@CorsPolicy({ extends: 'app', exposedHeaders: ['Content-Disposition', 'X-Total-Count'] })
@Controller('reports')
export class ReportsController {
  @Get() @Header('X-Total-Count', '230') list(): string[] {
    return ['november'];
  }

  @Get(':name') download(): StreamableFile {
    const disposition = 'attachment; filename="november.csv"';
    return new StreamableFile(Buffer.from('a,b\n'), { type: 'text/csv', disposition });
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      policies: { app: { origin: 'https://app.example.com', credentials: true } },
    }),
  ],
  controllers: [ReportsController],
})
export class DownloadsModule {}
