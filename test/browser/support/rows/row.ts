import type { Stage } from '../stage.js';

/** One row of the end-to-end table: what is played, and what must be seen. */
export interface Row {
  readonly number: number;
  readonly title: string;
  play(stage: Stage): Promise<unknown>;
  readonly expected: unknown;
}

/** The page that most policies allow. */
export const A = 'http://page.example';
/** Another one, which shares nothing with A. */
export const C = 'http://c.example';
/** A page of the API's own site: its cookies travel without `SameSite=None`. */
export const APP = 'http://app.shop.test';

export const json = {
  headers: [['Content-Type', 'application/json']],
  body: { kind: 'text', value: '{"total":50}' },
} as const;
