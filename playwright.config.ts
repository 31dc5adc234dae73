import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/lib/browser.mjs';

const { executablePath, args, env } = findBrowser();

/**
 * Flows in a real browser against the built page. Tests start their own servers on free ports and choose their
 * own screen sizes. No video: it would need a program that does not come with the packages.
 * Of what fails, the steps, the requests, the console and the page as it was at the end are kept; pictures of every step
 * take a third of the time, and `--trace on` takes them of what is looked into.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    video: 'off',
    locale: 'en-GB',
    launchOptions: { executablePath, args, env: { ...env } },
  },
});
