import { Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CorsModule } from 'nestjs-cors';

@Module({
  imports: [
    CorsModule.forRoot({
      default: { origin: 'https://app.example.com', credentials: true },
      paths: [
        { path: '/assets/*rest', policy: { origin: '*' } }, // fonts, modules, images that a canvas reads
        { path: '/assets/private/*rest', policy: false },
      ],
    }),
  ],
})
export class AssetsModule {}

export function serveOnExpress(app: NestExpressApplication, root: string): void {
  app.useStaticAssets(root, { prefix: '/assets' });
}

export function serveOnFastify(app: NestFastifyApplication, root: string): void {
  app.useStaticAssets({ root, prefix: '/assets/' }); // needs @fastify/static
}
