import { type DynamicModule, Module } from '@nestjs/common';
import { DenialList } from './denials/denial-list.js';
import { DenialStreams } from './denials/denial-streams.js';
import { InspectorStart } from './inspector-start.js';
import type { CorsInspectorModuleOptions } from './inspector-options.js';
import { pageController } from './page.controller.js';

/**
 * A page for development that shows the CORS of the application: who may read what, why a request would be allowed or not, and
 * the last denials as they happen. Import it beside `CorsModule`; in production it refuses to start unless its risk is accepted.
 *
 * @example
 * ```ts
 * CorsInspectorModule.forRoot({ path: 'cors', guards: [AdminGuard] })
 * ```
 *
 * @publicApi
 */
@Module({})
export class CorsInspectorModule {
  /**
   * The page at a path.
   *
   * @throws CorsConfigurationError at start-up, where `NODE_ENV` is `production` and `dangerouslyAllow` of `CorsModule` does not list
   * `'inspector-in-production'`
   */
  static forRoot(options: CorsInspectorModuleOptions = {}): DynamicModule {
    return {
      module: CorsInspectorModule,
      imports: [...(options.imports ?? [])],
      controllers: [pageController(options)],
      providers: [InspectorStart, DenialList, DenialStreams],
    };
  }
}
