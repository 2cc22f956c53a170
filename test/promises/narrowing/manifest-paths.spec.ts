import { CorsModule } from 'nestjs-cors';
import { type CorsManifest, manifestPaths } from 'nestjs-cors/export';
import { LIMIT, manifestOf, POLICY } from './manifests.js';

describe('manifestPaths()', () => {
  const manifest: CorsManifest = {
    ...manifestOf({ p: POLICY }, []),
    routes: [
      { method: 'GET', path: '/orders', handler: 'A.list', policy: 'p', declared: null },
      { method: 'PUT', path: '/orders/:id', handler: 'A.update', policy: 'p', declared: null },
      { method: 'DELETE', path: '/orders/:id', handler: 'A.remove', policy: false, declared: null },
      { method: 'GET', path: '/health', handler: 'A.health', policy: null, declared: null },
    ],
    paths: [
      {
        path: '/files',
        prefix: true,
        methods: null,
        policy: 'p',
        declared: 'paths[0]',
        keepExposedHeaders: false,
      },
    ],
  };

  it('makes entries of routes and of paths, behind the prefix of the gateway', () => {
    const entries = manifestPaths(manifest, { prefix: '/shop/', within: LIMIT });
    expect(entries.map(({ path, methods, policy }) => [path, methods, policy === false])).toEqual([
      ['/shop/orders', ['GET'], false],
      ['/shop/orders/*rest', ['PUT'], false],
      ['/shop/orders/*rest', ['DELETE'], true],
      ['/shop/files/*rest', undefined, false],
    ]);
  });

  it('makes entries that a gateway starts with', () => {
    const paths = manifestPaths(manifest, { prefix: '/shop', within: LIMIT });
    expect(CorsModule.validate({ paths })).toEqual({ errors: [], warnings: [] });
  });

  it('does not guess where one prefix would need two policies', () => {
    const further = {
      method: 'PUT',
      path: '/orders/:id/state',
      handler: 'A.state',
      policy: false,
      declared: null,
    } as const;
    const ambiguous = { ...manifest, routes: [...manifest.routes, further] };
    expect(() => manifestPaths(ambiguous, { within: LIMIT })).toThrow(
      /PUT \/orders\/:id\/state \(A\.state\), path: it would be \/orders\/\*rest in `paths`, as PUT \/orders\/:id \(A\.update\) is/,
    );
  });
});
