import { findBrowser } from '@apms/db/testing';
import type { DeploymentReport } from '@apms/validators';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DEPLOYED, stepsOf } from '../../../test/support/deployed-report.ts';
import { EXAMPLES } from '../../../test/support/example-reports.ts';
import { composeDocument } from '../compose-document.ts';
import { toHtml } from './to-html.ts';

const executablePath = findBrowser();
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const VIEWS = [
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;
const Findings = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

const EVIL = '"\'><script>document.title = "owned"</script><img src=x onerror="document.title=1">';
const RTL = '\u202Egnp.elif\u202C \u2067אבג';
const LONG = 'a_very_long_name_'.repeat(60);

const renamed = (name: string): DeploymentReport => ({
  ...EXAMPLES['rolled-back by a swap'],
  id: name,
  target: name,
  database: name,
  serverVersion: name,
  commit: name,
  by: name,
  decision: 'NO-GO',
  reasons: [name],
  acceptedHold: name,
  failure: { code: name, message: name },
  warnings: [name],
  steps: stepsOf([name, 10, name], [name, 10, name, { status: 'failed', passed: false }]),
  migrations: DEPLOYED.migrations.map((migration) => ({
    name,
    checksum: name,
    rehearsed: null,
    applied: {
      startedAt: DEPLOYED.startedAt,
      durationMs: 4_000,
      locks: (migration.applied?.locks ?? []).map((lock) => ({ ...lock, table: name, mode: name })),
    },
  })),
  lockedMs: 4_100,
  checks: DEPLOYED.checks.map((check) => ({
    ...check,
    title: name,
    status: 'failed',
    figures: { [name]: name },
    problems: [{ message: name }],
  })),
  findings: DEPLOYED.findings.map((finding) => ({
    ...finding,
    rule: name,
    file: name,
    why: name,
    rewrite: name,
  })),
  orphans: [{ foreignKey: name, table: name, count: 1, sampleIds: [name, name] }],
  backup: { ...(DEPLOYED.backup ?? fail()), id: name, driver: name, location: name },
  rowCounts: [{ table: name, before: 1, after: 2, byMigrations: 0 }],
  hooks: DEPLOYED.hooks.map((hook) => ({ ...hook, command: name })),
  rollback: {
    way: 'swap-back',
    verified: true,
    quarantine: name,
    lockedMs: 1,
    leftBehind: [{ table: name, written: 1, updatedOrDeleted: 0 }],
  },
});

function fail(): never {
  throw new Error('the example has a backup');
}

const HUGE: DeploymentReport = {
  ...DEPLOYED,
  migrations: Array.from({ length: 1_000 }, (_, index) => ({
    ...(DEPLOYED.migrations[index % 2] ?? fail()),
    name: `2026${index}_migration`,
  })),
  rowCounts: Array.from({ length: 500 }, (_, index) => ({
    table: `public.table_${index}`,
    before: index,
    after: index + (index % 2),
    byMigrations: 0,
  })),
};

const CASES: readonly (readonly [string, DeploymentReport])[] = [
  ...Object.entries(EXAMPLES),
  ['hostile names', renamed(EVIL)],
  ['names that turn the direction of writing', renamed(RTL)],
  ['very long names', renamed(LONG)],
  ['1,000 migrations, 500 tables', HUGE],
];

describe.skipIf(executablePath === undefined)('the report in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: FLAGS });
  });
  afterAll(() => browser.close());

  /** Opens a report, and fails at whatever it asks of the network or runs. */
  async function withPage<T>(
    report: DeploymentReport,
    options: { width: number; colorScheme: 'light' | 'dark'; bypassCSP?: boolean },
    use: (page: Page) => Promise<T>,
  ): Promise<T> {
    const { width, ...rest } = options;
    const context = await browser.newContext({ viewport: { width, height: 800 }, ...rest });
    try {
      const page = await context.newPage();
      const asked: string[] = [];
      const problems: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      const html = toHtml(composeDocument(report));
      await page.route('**/*', (route) =>
        route.request().url() === 'http://report.test/'
          ? route.fulfill({ contentType: 'text/html', body: html })
          : route.abort(),
      );
      await page.goto('http://report.test/');
      const result = await use(page);
      expect(asked).toEqual(['http://report.test/']);
      expect(problems).toEqual([]);
      return result;
    } finally {
      await context.close();
    }
  }

  describe.each(CASES)('%s', (_, report) => {
    // The rules are many, and what is huge has no other elements than the rest.
    test.each(report === HUGE ? [] : VIEWS)('has nothing that axe finds, %o', async (view) => {
      await withPage(report, { ...view, bypassCSP: true }, async (page) => {
        await page.addScriptTag({ content: axe.source });
        expect(Findings.parse(await page.evaluate('axe.run()')).violations).toEqual([]);
      });
    });

    test('is as wide as a phone, and no wider', async () => {
      await withPage(report, { width: 360, colorScheme: 'light' }, async (page) => {
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      });
    });

    test('prints', async () => {
      const pdf = await withPage(report, { width: 1280, colorScheme: 'dark' }, (page) =>
        page.pdf({ preferCSSPageSize: true, printBackground: true }),
      );
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    });

    test('shows its texts as they are and runs none of them', async () => {
      await withPage(report, { width: 1280, colorScheme: 'light' }, async (page) => {
        expect(await page.title()).toBe(composeDocument(report).title.replaceAll(/\s+/g, ' ').trim());
        expect(await page.locator('script, img').count()).toBe(0);
        expect(await page.locator('h1').count()).toBe(1);
      });
    });
  });

  test('opens what is folded with the keyboard alone', async () => {
    await withPage(DEPLOYED, { width: 1280, colorScheme: 'light' }, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.locator('details[open]').count()).toBe(1);
    });
  });

  test('prints what is folded', async () => {
    await withPage(DEPLOYED, { width: 1280, colorScheme: 'light' }, async (page) => {
      const table = page.locator('details table').first();
      expect(await table.isVisible()).toBe(false);
      await page.emulateMedia({ media: 'print' });
      expect((await table.boundingBox())?.height).toBeGreaterThan(20);
    });
  });

  test('keeps its tables on paper, which is as narrow as a small screen', async () => {
    await withPage(DEPLOYED, { width: 680, colorScheme: 'light' }, async (page) => {
      const display = "getComputedStyle(document.querySelector('tbody td')).display";
      expect(await page.evaluate(display)).toBe('grid');
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(display)).toBe('table-cell');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(680);
    });
  });

  test('tells a failed step without its colour', async () => {
    await withPage(EXAMPLES.failed, { width: 1280, colorScheme: 'light' }, async (page) => {
      const backup = page.locator('.timeline li', { hasText: 'backup' });
      expect(await backup.innerText()).toMatch(/✗[\s\S]*failed/);
      const fill = "getComputedStyle(document.querySelector('rect.bad')).fill";
      expect(await page.evaluate(fill)).toContain('url(');
    });
  });
});
