import type { DeploymentReport } from '@apms/validators';
import { explain } from '../explain.ts';
import { DeployError, toFailure } from '../failure.ts';
import { composeDocument } from '../report/compose-document.ts';
import type { Run } from '../run-context.ts';
import type { Notification } from './notification.ts';
import type { NotificationConfig } from './notification-config.ts';
import { secretVariableOf } from './secret-variable-of.ts';

/**
 * Tells everybody whom the target's configuration names how the run ended, all at once; each within half a minute.
 * Never throws: the sentences about those who could not be told are returned.
 */
export async function notify(run: Run, report: DeploymentReport): Promise<string[]> {
  const told = run.target.settings.notify.filter(({ on }) => on.includes(report.outcome));
  if (told.length === 0) return [];
  const notification = { report, document: composeDocument(report), readAt: readAt(run) };
  const results = await Promise.allSettled(told.map((config) => send(config, notification)));
  return results.flatMap((result) =>
    result.status === 'rejected' ? [explain(toFailure(result.reason))] : [],
  );
}

function readAt({ by, directory }: Run): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_RUN_ID)
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  return `${by.slice(by.lastIndexOf('@') + 1)}:${directory}`;
}

/** @throws {NOTIFICATION_FAILED} */
async function send(config: NotificationConfig, notification: Notification): Promise<void> {
  const variable = secretVariableOf(config);
  const url = process.env[variable];
  if (!url)
    throw new DeployError({
      code: 'NOTIFICATION_FAILED',
      kind: config.kind,
      variable,
      problem: `${variable} is not set`,
    });
  switch (config.kind) {
    case 'webhook': {
      const { sendWebhook } = await import('./send-webhook.ts');
      return sendWebhook(url, config, notification);
    }
    case 'email': {
      const { sendEmail } = await import('./send-email.ts');
      return sendEmail(url, config, notification);
    }
  }
}
