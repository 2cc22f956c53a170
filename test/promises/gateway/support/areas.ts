import type { CorsModuleOptions, CorsPathOptions } from 'nestjs-cors';
import { APP, PARTNER } from '../../../support/origins.js';

/** Allowed by no list, only by the predicate of `/lookup`. */
export const TENANT = 'https://seven.tenant.example';

/** What the gateway under test puts before its services, and the policy of each. */
export const AREAS: Readonly<Record<string, string | false>> = {
  orders: 'app',
  catalogue: 'public',
  billing: false,
  strict: 'strict',
  lookup: 'tenants',
  down: 'app',
  late: 'app',
};

export function policies(): NonNullable<CorsModuleOptions['policies']> {
  return {
    app: { origin: APP, credentials: true, exposedHeaders: ['X-Total-Count'] },
    public: { origin: '*' },
    strict: { extends: 'app', denied: 'reject' },
    tenants: { origin: async (origin) => origin === TENANT },
    partners: { origin: PARTNER, exposedHeaders: 'X-Total-Count' },
  };
}

/** For gateways whose services are reached by a proxy: no Nest handler, hence `paths`. */
export function paths(): CorsPathOptions[] {
  return [
    ...Object.entries(AREAS).map(([area, policy]) => ({ path: `/${area}/*rest`, policy })),
    { path: '/orders/internal/*rest', policy: false },
    { path: '/feed', policy: 'app' },
    { path: '/legacy/*rest', policy: 'passthrough' },
    { path: '/search/*rest', policy: 'partners', keepExposedHeaders: true },
    { path: '/exports/*rest', policy: 'app', keepExposedHeaders: true },
  ];
}

/** Areas that only a proxy has. */
export const PROXIED_AREAS = [...Object.keys(AREAS), 'legacy', 'search', 'exports'];
