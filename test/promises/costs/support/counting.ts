import { jest } from '@jest/globals';

/** Look-ups and steps of a piece of work, by the built-ins that do them. */
export interface Operations {
  readonly setLookups: number;
  readonly mapLookups: number;
  readonly regexps: number;
  readonly characters: number;
}

/** Counts what a piece of work does instead of timing it: the same on every machine, however busy. */
export function operationsOf(work: () => void): Operations {
  const spies = {
    setLookups: jest.spyOn(Set.prototype, 'has'),
    mapLookups: jest.spyOn(Map.prototype, 'get'),
    regexps: jest.spyOn(RegExp.prototype, 'exec'),
    tests: jest.spyOn(RegExp.prototype, 'test'),
    characters: jest.spyOn(String.prototype, 'charCodeAt'),
  };
  try {
    work();
    return {
      setLookups: spies.setLookups.mock.calls.length,
      mapLookups: spies.mapLookups.mock.calls.length,
      regexps: spies.regexps.mock.calls.length + spies.tests.mock.calls.length,
      characters: spies.characters.mock.calls.length,
    };
  } finally {
    for (const spy of Object.values(spies)) spy.mockRestore();
  }
}
