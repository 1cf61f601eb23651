import type { DeploymentReport } from '@apms/validators';
import { listDeployments } from '../deployments.ts';
import { DeployError } from '../failure.ts';
import { loadConfig, targetSettings } from '../load-config.ts';
import type { CommandOptions } from '../open-run.ts';
import { composeDocument } from '../report/compose-document.ts';
import type { ReportFormat } from '../report/report-formats.ts';
import { toMarkdown } from '../report/to-markdown.ts';

export interface ReportOptions extends CommandOptions {
  format?: ReportFormat;
}

/**
 * `deploy report [DEPLOYMENT]`: a report that was made before, the newest unless one is named, written anew to standard
 * output. Needs no connection.
 * @throws {DEPLOYMENT_NOT_FOUND}
 */
export async function reportCommand(options: ReportOptions, id?: string): Promise<number> {
  const config = await loadConfig(options.config);
  targetSettings(config, options.env);
  const deployments = await listDeployments(config, options.env);
  const report =
    id === undefined ? deployments.at(-1) : deployments.find((deployment) => deployment.id === id);
  if (report === undefined)
    throw new DeployError({ code: 'DEPLOYMENT_NOT_FOUND', deployment: id ?? null, target: options.env });
  process.stdout.write(await textOf(report, options.json ? 'json' : (options.format ?? 'md')));
  return 0;
}

async function textOf(report: DeploymentReport, format: ReportFormat): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report)}\n`;
    case 'md':
      return toMarkdown(composeDocument(report));
    case 'html': {
      const { toHtml } = await import('../report/html/to-html.ts');
      return toHtml(composeDocument(report));
    }
  }
}
