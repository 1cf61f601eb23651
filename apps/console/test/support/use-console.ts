import { afterAll, beforeAll } from 'vitest';
import { openBrowser, type TestBrowser } from './open-browser.ts';
import { startConsole, type TestConsole } from './start-console.ts';

/** The console of a test file, there from {@link useConsole} on: every file is run by itself, and has its own. */
export let console: TestConsole;

/** Chromium on it. */
export let browser: TestBrowser;

/** Starts both before the tests of a suite, and stops them after the last one. */
export function useConsole(start: () => Promise<TestConsole> = startConsole): void {
  beforeAll(async () => {
    console = await start();
    browser = await openBrowser(console);
  });
  afterAll(async () => {
    await browser?.close();
    await console?.stop();
  });
}
