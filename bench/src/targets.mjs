const SEGMENTS = 99;

/** Disputed segments by what makes them so; the tests count what the same ones take (test/promises/costs/path-look-ups.spec.ts). */
const DISPUTED = {
  parameters: (name) => `;${name}`,
  'doubled slashes': (name) => `//${name}`,
  'encoded slashes': (name) => `%2f${name}`,
  'slashes encoded twice': (name) => `%252f${name}`,
  backslashes: (name) => `\\${name}`,
  'queries decoded early': (name) => `%3f${name}`,
  dots: (name) => `/${name}/..`,
  'encoded letters': (name) => `/%61${name}`,
  'letters encoded twice': (name) => `/%2561${name}`,
  'letters beyond ASCII': (name) => `/%c3%a4${name}`,
};

/** A target as an ordinary client asks for it. */
export const PLAIN = '/api/a7/orders/17';

/** Targets of 99 disputed segments, by name. */
export const HOSTILE = Object.fromEntries(
  Object.entries(DISPUTED).map(([name, segment]) => {
    const segments = Array.from({ length: SEGMENTS }, (_, index) => segment(`a${index % 10}`));
    return [name, `/api${segments.join('')}`];
  }),
);

/** The `paths` of an application: so many areas, one of which rejects what it denies. */
export function areas(count) {
  const denied = (index) => (index === 0 ? { denied: 'reject' } : {});
  return Array.from({ length: count }, (_, index) => ({
    path: `/api/a${index}/*rest`,
    policy: { origin: 'https://app.example.com', maxAge: index % 2, ...denied(index) },
  }));
}
