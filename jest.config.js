export default {
  testEnvironment: 'node',
  testRunner: '<rootDir>/test/support/runner/run-suite.mjs',
  // On two cores jest would use one.
  maxWorkers: '100%',
  // jest keeps much of what a suite has loaded: a worker that is beyond this is followed by a new one.
  workerIdleMemoryLimit: '2GB',
  // Ends a test that hangs. No test is judged by it: five seconds, jest's own, are a judgement about the machine.
  testTimeout: 300_000,
  // The API reference holds copies of what it links.
  modulePathIgnorePatterns: ['<rootDir>/reference/'],
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'cts', 'json', 'node'],
  transform: {
    '^.+\\.c?ts$': ['ts-jest', { useESM: true }],
    'content-disposition/.+\\.js$': '<rootDir>/test/support/esm-to-cjs.mjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:.*/)?content-disposition/)'],
  resolver: '<rootDir>/test/support/resolver.cjs',
  coverageProvider: 'babel',
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
  coverageThreshold: {
    './lib/config/': { lines: 100 },
    './lib/protocol/': { lines: 100 },
    global: { lines: 95 },
  },
};
