import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createScenario, type Scenario } from './support/scenario.ts';
import { startReceiver } from './support/start-receiver.ts';

const PENDING = { '20270101000000_extra': 'create table extra (id int primary key);' };
const SECRET = 'hooks/T000/sesame-4711';

/** A webhook that answers with `status`, and keeps what it was sent. */
async function startWebhook(status = 200) {
  const { url, bodies, close } = await startReceiver((response) => void response.writeHead(status).end());
  return { url: `${url}/${SECRET}`, texts: bodies, close };
}

describe.skipIf(inject('testServer').kind === 'embedded')('notifications', () => {
  let scenario: Scenario;
  let webhook: Awaited<ReturnType<typeof startWebhook>>;

  afterEach(async () => {
    webhook.close();
    await scenario.remove();
  });

  const deploy = async (env: Record<string, string>) =>
    scenario.project.deploy(['run', '--env', 'staging'], { ...scenario.env, ...env });

  test('tell how a run ended, but not that there was nothing to do', async () => {
    webhook = await startWebhook();
    const notify = [{ kind: 'webhook' as const, urlVariable: 'TEAM_URL' }];
    scenario = await createScenario({ pending: PENDING, settings: { notify } });
    const result = await deploy({ TEAM_URL: webhook.url });
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'deployed', warnings: [] } });
    const again = await deploy({ TEAM_URL: webhook.url });
    expect(again).toMatchObject({ exitCode: 0, report: { outcome: 'nothing-to-do' } });
    expect(webhook.texts).toHaveLength(1);
    expect(JSON.parse(webhook.texts[0] ?? '')).toMatchObject({
      text: expect.stringContaining('*staging is on the new schema*'),
    });
    expect(webhook.texts[0]).toContain(result.report?.id);

    const id = result.report?.id ?? '';
    const written = await scenario.project.deploy(['report', id, '--env', 'staging', '--format', 'html']);
    const file = await readFile(join(scenario.project.root, '.deploy/staging', id, 'report.html'), 'utf8');
    expect(written).toMatchObject({ exitCode: 0, output: file.trimEnd() });
    const newest = await scenario.project.deploy(['report', '--env', 'staging', '--json']);
    expect(JSON.parse(newest.output)).toEqual(again.report);
  });

  test('that fail are warnings of the report, and tell no address', async () => {
    webhook = await startWebhook(403);
    const notify = [
      { kind: 'webhook' as const, urlVariable: 'TEAM_URL' },
      { kind: 'webhook' as const, urlVariable: 'OTHER_URL' },
      {
        kind: 'email' as const,
        smtpUrlVariable: 'MAIL_URL',
        from: 'deploy@apms.example',
        to: ['rita@apms.example'],
      },
      { kind: 'webhook' as const, urlVariable: 'TEAM_URL', on: ['rollback-failed' as const] },
    ];
    scenario = await createScenario({ pending: PENDING, settings: { notify } });
    const MAIL_URL = 'smtp://deploy:sesame-4711@127.0.0.1:1';
    const result = await deploy({ TEAM_URL: webhook.url, MAIL_URL });
    expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'deployed' } });
    expect(result.report?.warnings).toEqual([
      expect.stringContaining('The webhook of TEAM_URL was not sent: it answered 403.'),
      expect.stringContaining('The webhook of OTHER_URL was not sent: OTHER_URL is not set.'),
      expect.stringMatching(/The email of MAIL_URL was not sent: it could not be sent \(E\w+\)\./),
    ]);
    const directory = join(scenario.project.root, '.deploy/staging', result.report?.id ?? '');
    for (const file of ['report.json', 'report.md', 'report.html', 'journal.jsonl'])
      expect(await readFile(join(directory, file), 'utf8')).not.toContain('sesame');
    expect(result.output).toContain('The webhook of TEAM_URL was not sent');
    expect(result.output).not.toContain('sesame');
  });
});
