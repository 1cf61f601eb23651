import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const Results = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullable(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});

/** What axe finds on the page as it stands, in both themes; an empty list is good. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const findings: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    // What is measured has to be painted in its theme.
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
    const results = Results.parse(
      await page.evaluate(
        'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] })',
      ),
    );
    for (const { id, impact, nodes } of results.violations) {
      for (const { html, failureSummary = '' } of nodes) {
        // What pops up over the page is no part of its landmarks.
        if (id === 'region' && /role="(?:menu|listbox)"/.test(html)) continue;
        findings.push(`${theme}: ${id} (${impact ?? 'no impact'}): ${html.slice(0, 200)} ${failureSummary}`);
      }
    }
  }
  await page.emulateMedia({ colorScheme: null });
  return findings;
}
