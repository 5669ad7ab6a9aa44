/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '^.+\\.[cm]?tsx?$': ['@swc/jest', require('./test/harness/swc-options')],
    '^.+\\.m?js$': '<rootDir>/test/harness/esm-transformer.js',
  },
  transformIgnorePatterns: [],
  // A thread is no part of Jest: it gets TypeScript compiled in another way.
  moduleNameMapper: { '^\\./(start-thread|start-setting|start-reading)$': '<rootDir>/test/harness/$1.ts' },
  globalSetup: '<rootDir>/test/harness/global-setup.ts',
  globalTeardown: '<rootDir>/test/harness/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/harness/plain-reporter.js'],
  // Ends a test that hangs, and measures none: a machine may stand still for a while.
  testTimeout: 300_000,
  // A core each: tests wait for disks and for PostgreSQL about as long as they compute.
  maxWorkers: '100%',
};
