export default {
  testEnvironment: 'node',
  // On two cores jest would use one.
  maxWorkers: '100%',
  // Ends a test that hangs. No test is judged by it: five seconds, jest's own, are a judgement about the machine.
  testTimeout: 300_000,
  // The API reference holds copies of what it links.
  modulePathIgnorePatterns: ['<rootDir>/reference/'],
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'cts', 'json', 'node'],
  transform: {
    '^.+\\.c?ts$': ['ts-jest', { useESM: true }],
    'content-disposition/.+\\.js$': '<rootDir>/test/support/esm-to-cjs.mjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:.*/)?content-disposition/)'],
  moduleNameMapper: {
    '^nestjs-cors$': '<rootDir>/lib/index.ts',
    '^nestjs-cors/(.*)$': '<rootDir>/lib/$1/index.ts',
    '/load-language\\.cjs$': '<rootDir>/test/support/load-language.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^(\\.{1,2}/(?:.*/)?own-package)\\.cjs$': '$1.cts',
  },
  coverageProvider: 'babel',
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
  coverageThreshold: {
    './lib/config/': { lines: 100 },
    './lib/protocol/': { lines: 100 },
    global: { lines: 95 },
  },
};
