import { Module } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

@Module({
  imports: [
    CorsModule.forRootAsync({
      useFactory: () => ({ default: { origin: required('CORS_TEST_ORIGIN') } }),
    }),
  ],
})
export class AppModule {}
