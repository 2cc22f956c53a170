import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import type { CorsPathOptions } from 'nestjs-cors';
import type { Probe } from './check.js';

/** The neighbours of this package in the application: none here, other people's modules and middleware in some shapes. */
export const paths: CorsPathOptions[] = [];

/** Asked for besides, where `paths` are to be had: under strategy `'hook'`. */
export const probes: Probe[] = [];

export const modulesFor = (_adapter: string): NonNullable<ModuleMetadata['imports']> => [];

export async function prepare(_app: INestApplication, _adapter: string): Promise<void> {}
