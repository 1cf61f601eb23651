import { DeployError } from '../failure.ts';
import { confirm } from './confirm.ts';

/** @throws {USAGE_INVALID} where nobody can be asked and `--yes` was not given; {CANCELLED} when the answer is no. */
export async function confirmDestructive(
  question: string,
  options: { yes: boolean; json: boolean },
  signal: AbortSignal,
): Promise<void> {
  if (options.yes) return;
  if (options.json || !process.stdin.isTTY) {
    throw new DeployError({
      code: 'USAGE_INVALID',
      problem: `${question} Nobody is here to answer.`,
      next: 'Give --yes to say so in advance.',
    });
  }
  if (!(await confirm(question, signal)))
    throw new DeployError({ code: 'CANCELLED', during: 'the question' });
}
