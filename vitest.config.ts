import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/world/temporary-place.ts'],
    setupFiles: ['test/world/property-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Builds inside the tests use both cores themselves.
    maxWorkers: 2
  }
})
