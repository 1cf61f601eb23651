import type { DeploymentReport } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import type { Tone } from '../../ui/badge.tsx';

/** Where the target of a deployment stands, and what to do next. */
export interface Verdict {
  readonly tone: Exclude<Tone, 'info'>;
  readonly sentence: string;
  readonly next: string;
}

type Translate = ReturnType<typeof useTranslations<'deployments.verdict'>>;

/** The verdict of a run, in the words of the deploy tool's own report. */
export function verdictOf(report: DeploymentReport, t: Translate): Verdict {
  const { target, outcome, reasons, migrations, warnings, steps } = report;
  switch (outcome) {
    case 'deployed':
      return {
        tone: 'good',
        sentence: t('deployed', { target, count: migrations.length }),
        next: t(warnings.length === 0 ? 'nothingLeft' : 'deployedWarnings'),
      };
    case 'nothing-to-do':
      return { tone: 'neutral', sentence: t('nothing-to-do', { target }), next: t('nothingLeft') };
    case 'no-go':
      return { tone: 'bad', sentence: t('no-go', { target, count: reasons.length }), next: t('noGoNext') };
    case 'hold':
      return { tone: 'warn', sentence: t('hold', { target, count: reasons.length }), next: t('holdNext') };
    case 'locked':
      return { tone: 'warn', sentence: t('locked', { target }), next: t('lockedNext') };
    case 'failed': {
      const step = steps.findLast(({ status }) => status === 'failed')?.name;
      return {
        tone: 'bad',
        sentence: step === undefined ? t('failed', { target }) : t('failedStep', { target, step }),
        next: t('failedNext'),
      };
    }
    case 'rollback-failed':
      return { tone: 'bad', sentence: t('rollback-failed', { target }), next: t('rollbackFailedNext') };
    case 'rolled-back':
      return rolledBack(report, t);
  }
}

function rolledBack({ command, target, rollback, failure }: DeploymentReport, t: Translate): Verdict {
  const isAsked = command === 'rollback';
  const isSwapped = rollback?.way === 'swap-back';
  const isEqual = rollback?.verified !== false;
  const yes = (truth: boolean) => (truth ? 'yes' : 'no');
  const next = [
    ...(isEqual ? [] : [t('unequal')]),
    ...leftBehind(rollback, t),
    ...(failure === null ? [] : [t('mend')]),
  ];
  return {
    tone: isAsked && isEqual ? 'good' : 'bad',
    sentence: isSwapped
      ? t('swapped', { target, verified: yes(rollback.verified), asked: yes(isAsked) })
      : t('undone', { target }),
    next: next.length > 0 ? next.join(' ') : t('nothingLeft'),
  };
}

function leftBehind(rollback: DeploymentReport['rollback'], t: Translate): string[] {
  if (rollback === null || rollback.quarantine === null || rollback.leftBehind?.length === 0) return [];
  const { quarantine, leftBehind: left } = rollback;
  if (left === null) return [t('leftUncounted', { quarantine })];
  return [t('leftBehind', { quarantine, rows: left.reduce((sum, { written }) => sum + written, 0) })];
}
