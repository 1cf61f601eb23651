import { describe, expect, test } from 'vitest';
import { accessibilityFindings } from './support/accessibility-findings.ts';
import { chooseEveryFilter } from './support/choose-every-filter.ts';
import { hasBrowser, type Person, type TestPage } from './support/open-browser.ts';
import { pageRoutes } from './support/page-routes.ts';
import { settle } from './support/settle.ts';
import { type DemoConsole, startDemo } from './support/start-demo.ts';
import { browser, useConsole } from './support/use-console.ts';

const DESKTOP = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

const routes = await pageRoutes();

describe.skipIf(!hasBrowser)('every page', () => {
  let demo: DemoConsole;
  useConsole(async () => {
    demo = await startDemo();
    return demo.console;
  });

  /** Opens a page as somebody and waits for what it has to say. */
  async function open(route: string, who: Person): Promise<TestPage> {
    const opened = await browser.open(route === '/sign-in' ? null : who);
    await opened.page.goto(await demo.addressOf(route));
    await settle(opened.page);
    return opened;
  }

  test.for(routes)('%s opens without complaints, at every width, and keeps every filter', async (route) => {
    const { page, complaints } = await open(route, demo.whoSees(route));
    for (const size of [DESKTOP, NARROW]) {
      await page.setViewportSize(size);
      await settle(page);
      expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toHaveLength(1);
      expect(await page.title()).toMatch(/^(?!This did not work|There is no such page).+ APMS$/);
      expect(await accessibilityFindings(page)).toEqual([]);
    }
    const { scrollWidth, clientWidth } = await page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      clientWidth: document.documentElement.clientWidth,
    }));
    expect(scrollWidth, 'it scrolls sideways').toBeLessThanOrEqual(clientWidth);
    // However fast they are chosen.
    const filters = await chooseEveryFilter(page);
    await expect.poll(() => new URL(page.url()).searchParams.size).toBe(filters);
    expect(complaints).toEqual([]);
  });

  test.for(routes)('%s is shown to a viewer, or says that their role does not include it', async (route) => {
    const { page } = await open(route, demo.viewer);
    const heading = await page.getByRole('heading', { level: 1 }).innerText();
    expect(heading).not.toMatch(/This did not work|There is no such page/);
    const isRefused = heading === 'Your role does not include this page';
    expect(await page.getByText('It needs the permission').count()).toBe(isRefused ? 1 : 0);
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});
