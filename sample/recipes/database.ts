import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { CorsModule, CorsPolicy } from 'nestjs-cors';

/** Stands for your repository: `repository.find({ select: { origin: true } })`, `prisma.partner.findMany()`. */
@Injectable()
export class PartnersTable {
  async origins(): Promise<string[]> {
    return ['https://a.partner.example', 'https://b.partner.example'];
  }
}

/** The list as a whole, read once a minute: an entry for each origin that asks would be memory for anybody who asks. */
@Injectable()
export class PartnerOrigins {
  private list: Promise<ReadonlySet<string>> | undefined;

  constructor(private readonly table: PartnersTable) {}

  async has(origin: string): Promise<boolean> {
    return (await (this.list ??= this.read())).has(origin);
  }

  /** For whoever changes the table. */
  forget(): void {
    this.list = undefined;
  }

  private async read(): Promise<ReadonlySet<string>> {
    try {
      setTimeout(() => this.forget(), 60_000).unref();
      return new Set(await this.table.origins());
    } catch (error) {
      this.forget(); // the next request asks again
      throw error; // this one is denied, and logged
    }
  }
}

@Module({ providers: [PartnersTable, PartnerOrigins], exports: [PartnersTable, PartnerOrigins] })
export class PartnersModule {}

@CorsPolicy('partners')
@Controller('orders')
export class OrdersController {
  @Get() list(): string[] {
    return ['first', 'second'];
  }
}

@Module({
  imports: [
    PartnersModule,
    CorsModule.forRootAsync({
      imports: [PartnersModule],
      inject: [PartnerOrigins],
      useFactory: (partners: PartnerOrigins) => ({
        policies: { partners: { origin: (origin) => partners.has(origin) } },
      }),
    }),
  ],
  controllers: [OrdersController],
})
export class DatabaseModule {}
