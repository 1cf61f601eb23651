import type { Page } from 'playwright-core';

/** Until the page has its heading, and shows what it has read. */
export async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Loading' }).first().waitFor();
  await page.waitForFunction(
    () => document.querySelector('main .animate-pulse, header [role="progressbar"]') === null,
  );
}
