import type { CorsModuleOptions, CorsPolicyOptions } from 'nestjs-cors';
import { EVIL } from './origins.js';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Changes every object that a running application was configured with, in place. */
export function tamper(options: CorsModuleOptions): void {
  for (const policy of Object.values(options.policies ?? {})) tamperWith(policy);
  if (typeof options.default === 'object') tamperWith(options.default);
  const mutable = options as Mutable<CorsModuleOptions>;
  mutable.default = { origin: '*' };
  mutable.policies = {};
  (options.paths as unknown[] | undefined)?.splice(0);
}

function tamperWith(policy: CorsPolicyOptions): void {
  const mutable = policy as Mutable<CorsPolicyOptions>;
  for (const value of Object.values(policy)) {
    if (Array.isArray(value)) (value as string[]).splice(0, value.length, EVIL);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      Object.assign(value, { 'Cache-Control': 'tampered', 'X-Tampered': '1' });
    // eslint-disable-next-line typescript/no-deprecated
    if (value instanceof RegExp) value.compile('.*', 'g');
  }
  mutable.origin = [EVIL];
  mutable.credentials = true;
  mutable.maxAge = 7;
  mutable.allowedHeaders = [];
}
