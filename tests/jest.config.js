import { filesOf } from './parts.js'

/** Jest in ESM mode: `node --experimental-vm-modules node_modules/jest/bin/jest.js --config tests/jest.config.js` */
export default {
  rootDir: '..',
  roots: ['<rootDir>/tests', '<rootDir>/plugins'],
  testMatch: filesOf(process.env.INKPAD_PART),
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/tests/setup.js'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          experimental: { keepImportAttributes: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Vite's own kinds of module: styles have no words, and a worker's address is one.
  moduleNameMapper: {
    '\\.css$': '<rootDir>/tests/support/no-style.js',
    '/find-worker\\.ts$': '<rootDir>/tests/support/no-worker.js',
  },
  coverageProvider: 'v8',
  // A limit for what hangs; a busy machine takes many times longer than a quiet one.
  testTimeout: 120_000,
}
