import { Controller, Module } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';

const ITEMS = [
  { sku: 'mug', price: 9 },
  { sku: 'pen', price: 2 },
];

@Controller()
class CatalogueHandlers {
  @MessagePattern('catalogue.list') list(): object[] {
    return ITEMS;
  }
}

/** Knows what the shop sells. Like its two neighbours it speaks TCP and knows nothing of CORS. */
@Module({ controllers: [CatalogueHandlers] })
export class CatalogueServiceModule {}
