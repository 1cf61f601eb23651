import type { DeploymentOutcome } from '@apms/validators';
import type { Recovery } from './recover-target.ts';

const CAME_TO: Record<DeploymentOutcome, (target: string) => string> = {
  deployed: (target) => `${target} is on the new schema, verified`,
  'nothing-to-do': (target) => `${target} was not touched`,
  'rolled-back': (target) => `${target} is as it was before`,
  'no-go': (target) => `${target} was not touched`,
  hold: (target) => `${target} was not touched`,
  locked: (target) => `${target} was not touched`,
  failed: (target) => `${target} was not touched`,
  'rollback-failed': (target) => `${target} needs a person's decision`,
};

/** What a recovery did, a sentence each; none when there was nothing to do. */
export function describeRecovery(target: string, { runs, removed }: Recovery): string[] {
  return [
    ...runs.map(({ id, command, report }) => {
      if (report === undefined) return `What ${command} ${id} had left is cleared away.`;
      const during = report.recovered?.during ? ` during ${report.recovered.during}` : '';
      const kept = report.rollback?.quarantine
        ? `; the replaced database is kept as "${report.rollback.quarantine}"`
        : '';
      const why = report.outcome === 'rollback-failed' ? ` ${report.failure?.message ?? ''}` : '';
      return `${command} ${id}, whose process ended${during}, is brought to its end: ${CAME_TO[report.outcome](target)}${kept}.${why}`;
    }),
    ...removed.map((name) => `The copy ${name} was nobody's and is removed.`),
  ];
}
