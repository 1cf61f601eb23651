import type { DeploymentReport } from '@apms/validators';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPLOYED } from '../../test/support/deployed-report.ts';
import { EXAMPLES } from '../../test/support/example-reports.ts';
import { composeDocument } from '../report/compose-document.ts';
import { slackMessage } from './slack-message.ts';

const messageOf = (report: DeploymentReport) =>
  slackMessage({ report, document: composeDocument(report), readAt: 'release-1:/srv/deploy' });

describe('slackMessage', () => {
  it('says what happened, what to do and why, in blocks and in one text', () => {
    expect(messageOf(EXAMPLES['no-go'])).toMatchInlineSnapshot(`
      {
        "blocks": [
          {
            "text": {
              "text": "❌ NO-GO: production",
              "type": "plain_text",
            },
            "type": "header",
          },
          {
            "text": {
              "text": "*production is on the old schema and was not touched*: there are 2 reasons against the deployment.
      *Next:* Mend what the reasons below name, then run the same command again.",
              "type": "mrkdwn",
            },
            "type": "section",
          },
          {
            "text": {
              "text": "• 3 orphans in sites (region_id) → regions (fk_sites_region): S-1041, S-1042, S-2210.
      • C1 Schema integrity failed: foreign key fk_sites_region is missing.",
              "type": "mrkdwn",
            },
            "type": "section",
          },
          {
            "elements": [
              {
                "text": "20261128T021004Z-0a1b2c · by rita@release-1 · commit 34532ea9d6e7 · 2 migrations · 1 min 13 s · report: release-1:/srv/deploy",
                "type": "mrkdwn",
              },
            ],
            "type": "context",
          },
        ],
        "text": "*❌ NO-GO: production*
      *production is on the old schema and was not touched*: there are 2 reasons against the deployment.
      *Next:* Mend what the reasons below name, then run the same command again.
      • 3 orphans in sites (region_id) → regions (fk_sites_region): S-1041, S-1042, S-2210.
      • C1 Schema integrity failed: foreign key fk_sites_region is missing.
      20261128T021004Z-0a1b2c · by rita@release-1 · commit 34532ea9d6e7 · 2 migrations · 1 min 13 s · report: release-1:/srv/deploy",
      }
    `);
  });

  it('calls everybody when a rollback failed, and nobody otherwise', () => {
    for (const report of Object.values(EXAMPLES))
      expect(messageOf(report).text.includes('<!channel>')).toBe(report.outcome === 'rollback-failed');
  });

  it('lets no name mention anybody or link anywhere', () => {
    const { text, blocks } = messageOf({
      ...EXAMPLES['no-go'],
      by: '<!here>',
      reasons: ['<https://a|b> & `c`'],
    });
    expect(text).toContain('• &lt;https://a|b&gt; &amp; `c`');
    expect(text).not.toMatch(/<(?!!channel)/);
    expect(JSON.stringify(blocks)).toContain('by &lt;!here&gt;');
  });

  it('stays within the limits of Slack, however long the texts are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: 0, max: 300 }),
        (name, times) => {
          const long = `${name}&<`.repeat(times);
          for (const report of [
            { ...EXAMPLES['rolled-back by a swap'], failure: { code: 'X', message: long } },
            { ...EXAMPLES['no-go'], target: long, by: long, reasons: Array.from({ length: 40 }, () => long) },
          ]) {
            for (const block of messageOf(report).blocks) {
              const texts = block.type === 'context' ? block.elements : [block.text];
              const limit = block.type === 'header' ? 150 : 3_000;
              for (const { text } of texts) expect(text.length).toBeLessThanOrEqual(limit);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('cuts no character and no escape in half', () => {
    const { text } = messageOf({ ...DEPLOYED, warnings: ['🚨<'.repeat(400)] });
    expect(text.isWellFormed()).toBe(true);
    expect(text.replaceAll(/&(lt|gt|amp);/g, '')).not.toContain('&');
  });
});
