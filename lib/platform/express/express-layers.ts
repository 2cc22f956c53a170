/** What is used of an Express router layer; `_handles_method` is Express 4's name. */
export interface ExpressLayer {
  readonly route?: ExpressRoute;
  readonly name?: string;
  match(path: string): unknown;
}

export interface ExpressRoute {
  readonly path: unknown;
  readonly stack: readonly { handle: unknown }[];
  _handlesMethod?(method: string): boolean;
  _handles_method?(method: string): boolean;
}

/** What is used of an Express application. */
export interface ExpressApplication {
  handle(request: unknown, response: unknown, callback?: unknown): void;
  get(setting: string): unknown;
  enabled(setting: string): boolean;
  readonly request: object;
  /** Express 5. */
  readonly router?: { readonly stack?: readonly ExpressLayer[]; readonly caseSensitive?: boolean };
  /** Express 4, where `router` throws. */
  readonly _router?: { readonly stack: readonly ExpressLayer[]; readonly caseSensitive?: boolean };
}

/** The layers of the application's router, in the order in which it tries them. */
export function layersOf(application: ExpressApplication): readonly ExpressLayer[] {
  return routerOf(application)?.stack ?? [];
}

/** The application's router; its settings are those of the moment it was made. */
export function routerOf(application: ExpressApplication): ExpressApplication['router'] {
  try {
    return application._router ?? application.router;
  } catch {
    return undefined; // Express 4 before its first route
  }
}

/** Whether a route would be entered for the method; `HEAD` is served by `GET`. */
export function handlesMethod(route: ExpressRoute, method: string): boolean {
  return route._handlesMethod?.(method) ?? route._handles_method?.(method) ?? false;
}
