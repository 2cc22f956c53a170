import { Module } from '@nestjs/common';
import { CorsModule, type CorsModuleOptions } from 'nestjs-cors';

/** The policies are in a database that is not there. */
@Module({
  providers: [{ provide: 'POLICIES', useFactory: () => new Promise(() => {}) }],
  exports: ['POLICIES'],
})
class PoliciesModule {}

@Module({
  imports: [
    CorsModule.forRootAsync({
      imports: [PoliciesModule],
      inject: ['POLICIES'],
      useFactory: (policies: CorsModuleOptions) => policies,
    }),
  ],
})
export class AppModule {}
