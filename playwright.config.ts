import { defineConfig } from '@playwright/test';

export default defineConfig({
  projects: [
    { name: 'e2e', testDir: 'test/e2e', outputDir: 'test-results/e2e' },
    { name: 'package', testDir: 'test/package', outputDir: 'test-results/package' },
  ],
  testMatch: '**/*.test.ts',
  timeout: 60_000,
  globalTimeout: 20 * 60_000, // an application that hangs in every test must not hold up everything else for an hour
  expect: { timeout: 10_000 },
  workers: 1, // each test starts an application of its own, and two cores are soon busy
  forbidOnly: !!process.env['CI'],
  // a test that passes the second time may hide a race, so nobody at a desk is spared it; in CI a display that starves its window is
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list',
});
