import { appendFile, stat } from 'node:fs/promises';
import type { DeploymentReport } from '@apms/validators';
import { composeDocument } from '../report/compose-document.ts';
import type { Verdict } from '../report/document.ts';
import { plainText } from '../report/plain-text.ts';
import { toMarkdown } from '../report/to-markdown.ts';
import { cutMarkdown } from './cut-markdown.ts';
import { workflowCommand } from './workflow-command.ts';

/** GitHub shows no summary of a step that is larger. */
const SUMMARY_BYTES = 1_048_576;

const COMMANDS = {
  good: 'notice',
  quiet: 'notice',
  caution: 'warning',
  bad: 'error',
  alarm: 'error',
} as const;

type Environment = Partial<
  Record<'GITHUB_ACTIONS' | 'GITHUB_STEP_SUMMARY' | 'GITHUB_OUTPUT', string | undefined>
>;

/**
 * In a job of GitHub's: appends the report to the job's summary, sets the step's outputs `outcome`, `deployment` and
 * `report` (the directory), and annotates the job with the verdict. Elsewhere nothing.
 * @throws what writing to GitHub's files throws.
 */
export async function tellGithub(
  report: DeploymentReport,
  directory: string,
  environment: Environment,
  write: (line: string) => void,
): Promise<void> {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY, GITHUB_OUTPUT } = environment;
  const document = composeDocument(report);
  if (GITHUB_ACTIONS === 'true') write(annotationOf(document.verdict, report.target));
  if (GITHUB_OUTPUT) {
    const outputs = { outcome: report.outcome, deployment: report.id, report: directory };
    const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
    await appendFile(GITHUB_OUTPUT, lines.join(''));
  }
  if (GITHUB_STEP_SUMMARY) {
    const written = await stat(GITHUB_STEP_SUMMARY).catch(() => ({ size: 0 }));
    await appendFile(GITHUB_STEP_SUMMARY, cutMarkdown(toMarkdown(document), SUMMARY_BYTES - written.size));
  }
}

function annotationOf({ tone, title, sentence, next }: Verdict, target: string): string {
  const message = `${plainText(sentence)}\nNext: ${plainText(next)}`;
  return workflowCommand(COMMANDS[tone], { title: `${title}: ${target}` }, message);
}
