import type { CorsModuleOptions, CorsPolicyOptions } from 'nestjs-cors';
import { APP } from './origins.js';

/** The named policies that rows speak of. Fresh objects each time: they are changed once the application runs. */
export function policies(): Record<string, CorsPolicyOptions> {
  return {
    app: { origin: APP, credentials: true },
    partners: {
      origin: ['https://*.partner.example', 'https://gate.example:*'],
      exposedHeaders: ['X-Total-Count', 'X-Page'],
      maxAge: 3600,
    },
    public: { origin: '*' },
    derived: { extends: 'partners', maxAge: 30, optionsSuccessStatus: 200 },
    regexp: { origin: /^https:\/\/[a-z0-9-]+\.rx\.example$/ },
  };
}

/** The same, with `app` for what has no decorator. */
export function withDefault(more: Partial<CorsModuleOptions> = {}): CorsModuleOptions {
  return { default: 'app', policies: policies(), ...more };
}
