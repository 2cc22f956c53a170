import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CORS_OPTIONS } from '../app/module-definition.js';
import { CorsConfigurationError } from '../config/issues/configuration-error.js';
import type { CorsModuleOptions } from '../config/module/module-options.js';

const RISK = 'inspector-in-production';

/** Keeps the page out of production, where nobody has accepted it by name. */
@Injectable()
export class InspectorStart implements OnModuleInit {
  constructor(private readonly module: ModuleRef) {}

  onModuleInit(): void {
    if (process.env['NODE_ENV'] !== 'production') return;
    const { dangerouslyAllow } = this.module.get<CorsModuleOptions>(CORS_OPTIONS, {
      strict: false,
    });
    if ([dangerouslyAllow].flat().includes(RISK)) return;
    const message = `the page shows every route and every policy to whoever reaches it; import it where NODE_ENV is not production, or put a guard on it and accept the risk: CorsModule.forRoot({ dangerouslyAllow: ['${RISK}'] })`;
    throw new CorsConfigurationError([{ code: RISK, where: 'CorsInspectorModule', message }]);
  }
}
