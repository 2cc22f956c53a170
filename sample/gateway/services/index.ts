import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport } from '@nestjs/microservices';
import { BillingServiceModule } from './billing.service.js';
import { CatalogueServiceModule } from './catalogue.service.js';
import { OrdersServiceModule } from './orders.service.js';
import { startReports } from './reports.upstream.js';

/** The services and their ports, next to the gateway's. */
export const PORT = Number(process.env['PORT'] ?? 3000);
export const PORTS = {
  catalogue: PORT + 1,
  orders: PORT + 2,
  billing: PORT + 3,
  reports: PORT + 4,
} as const;

/** Starts everything behind the gateway, in this process to keep the sample to one command. */
export async function startServices(): Promise<void> {
  await startService(CatalogueServiceModule, PORTS.catalogue);
  await startService(OrdersServiceModule, PORTS.orders);
  await startService(BillingServiceModule, PORTS.billing);
  await startReports(PORTS.reports);
}

async function startService(module: Type, port: number): Promise<void> {
  const service = await NestFactory.createMicroservice(module, {
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port },
    logger: ['warn', 'error'],
  });
  await service.listen();
}
