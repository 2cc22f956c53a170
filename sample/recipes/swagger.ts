import { Controller, Get, Module, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { CorsModule } from 'nestjs-cors';

@Controller('orders')
export class OrdersController {
  @Get() list(): string[] {
    return ['first', 'second'];
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      default: { origin: 'https://docs.example.com' }, // "Try it out" calls the routes themselves
      paths: [{ path: ['/docs-json', '/docs-yaml'], policy: { origin: '*' } }], // who shows the document
    }),
  ],
  controllers: [OrdersController],
})
export class DocumentedModule {}

/** In `main.ts`, before `listen()`. */
export function setUpSwagger(app: INestApplication): void {
  const config = new DocumentBuilder().setTitle('Orders').build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config));
}
