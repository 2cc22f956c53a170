import type { INestApplication } from '@nestjs/common';
import type { Browser } from 'nestjs-cors/testing';
import type { Platform } from '../nest-app.js';

/** What users ship with what Nest brings along, and the same with this library. */
export interface Defect {
  /** What was shipped, and what becomes of it. */
  readonly shipped: string;
  readonly platforms: readonly Platform[];
  stock(platform: Platform): Promise<INestApplication>;
  ours(platform: Platform): Promise<INestApplication>;
  meet(web: Browser): Promise<unknown>;
  readonly broken: unknown;
  readonly right: unknown;
}
