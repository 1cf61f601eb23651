import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Person, TestPage } from '../support/open-browser.ts';
import { pageRoutes } from '../support/page-routes.ts';
import { settle } from '../support/settle.ts';
import { type DemoConsole, startDemo } from '../support/start-demo.ts';
import { browser, useConsole } from '../support/use-console.ts';

/** Every page; not in Git. */
const everything = fileURLToPath(new URL('../../screenshots/', import.meta.url));
/** The few that the documentation shows. */
const chosen = fileURLToPath(new URL('../../../../docs/images/console/', import.meta.url));

const DESKTOP = { width: 1280, height: 800 };
const MAX_BYTES = 150_000;
const PHONE = { width: 390, height: 844 };
const themes = ['light', 'dark'] as const;

const routes = await pageRoutes();

describe('screenshots', () => {
  let demo: DemoConsole;
  useConsole(async () => {
    demo = await startDemo();
    return demo.console;
  });
  beforeAll(async () => {
    await rm(everything, { recursive: true, force: true });
    await Promise.all([everything, chosen].map((directory) => mkdir(directory, { recursive: true })));
  });

  async function open(route: string, who: Person | null): Promise<TestPage> {
    const opened = await browser.open(who);
    await opened.page.emulateMedia({ reducedMotion: 'reduce' });
    await opened.page.goto(await demo.addressOf(route));
    await settle(opened.page);
    return opened;
  }

  test.for(routes)('%s', async (route) => {
    const { page, context, complaints } = await open(
      route,
      route === '/sign-in' ? null : demo.whoSees(route),
    );
    const name = route
      .replace('/w/$workspaceCode/', '')
      .replaceAll(/[^a-zA-Z]+/g, '-')
      .replace(/^-/, '');
    for (const [width, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      await page.setViewportSize(viewport);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await settle(page);
        await page.screenshot({ path: `${everything}${name}-${width}-${theme}.png`, fullPage: true });
      }
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.for([
    ['inbox', '/w/$workspaceCode/inbox/$stageId', DESKTOP],
    ['inbox-phone', '/w/$workspaceCode/inbox', PHONE],
    ['configuration', '/w/$workspaceCode/configuration/$configVersionId', DESKTOP],
    ['workflow', '/w/$workspaceCode/workflows/$workflowId', DESKTOP],
    ['deployment', '/w/$workspaceCode/deployments/$target/$deploymentId', DESKTOP],
    ['audit-events', '/w/$workspaceCode/audit-events', DESKTOP],
  ] as const)('docs/images/console/%s.png', async ([name, route, viewport]) => {
    const { page } = await open(route, demo.whoSees(route));
    await page.setViewportSize(viewport);
    await settle(page);
    const picture = await page.screenshot({ path: `${chosen}${name}.png` });
    expect(picture.byteLength).toBeLessThan(MAX_BYTES);
  });
});
