import { placeIn } from '../../protocol/show-value.js';

/** Where a value is not as expected, behind the value's own place, and what stands there. */
export interface Misfit {
  readonly at: string;
  readonly value: unknown;
}

/** What a value has to be; `undefined` where it is. */
export type Shape = (value: unknown) => Misfit | undefined;

function holding(isRight: (value: unknown) => boolean): Shape {
  return (value) => (isRight(value) ? undefined : { at: '', value });
}

export const TEXT = holding((value) => typeof value === 'string');
export const FLAG = holding((value) => typeof value === 'boolean');
export const NUMBER = holding((value) => typeof value === 'number');

export function oneOf(...values: readonly unknown[]): Shape {
  return holding((value) => values.includes(value));
}

/** The first that fits, else what the last one says. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value) => {
    let misfit: Misfit | undefined;
    for (const shape of shapes) {
      misfit = shape(value);
      if (misfit === undefined) break;
    }
    return misfit;
  };
}

export function optional(shape: Shape): Shape {
  return either(oneOf(undefined), shape);
}

export function orNull(shape: Shape): Shape {
  return either(oneOf(null), shape);
}

export function listOf(shape: Shape): Shape {
  return (value) =>
    Array.isArray(value)
      ? first(value.map((item, index) => below(`[${index}]`, shape(item))))
      : { at: '', value };
}

export function recordOf(shape: Shape): Shape {
  return objectOf((record) =>
    Object.entries(record).map(([key, item]) => below(placeIn('', key), shape(item))),
  );
}

/** An object that has these keys; others may stand beside them. */
export function fields(shapes: Readonly<Record<string, Shape>>): Shape {
  return objectOf((record) =>
    Object.entries(shapes).map(([key, shape]) => below(`.${key}`, shape(record[key]))),
  );
}

function objectOf(
  misfits: (record: Readonly<Record<string, unknown>>) => readonly (Misfit | undefined)[],
): Shape {
  return (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? first(misfits(value as Record<string, unknown>))
      : { at: '', value };
}

function below(place: string, misfit: Misfit | undefined): Misfit | undefined {
  return misfit && { at: place + misfit.at, value: misfit.value };
}

function first(misfits: readonly (Misfit | undefined)[]): Misfit | undefined {
  return misfits.find((misfit) => misfit !== undefined);
}
