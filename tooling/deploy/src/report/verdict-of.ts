import type { DeploymentOutcome, DeploymentReport } from '@apms/validators';
import type { Piece, Text, Verdict } from './document.ts';
import { plural } from './format.ts';

type Describe = (report: DeploymentReport) => Verdict;

const AGAIN = 'then run the same command again.';
const RUNBOOK = { code: 'docs/runbooks/rollback.md' };

const VERDICTS: Record<DeploymentOutcome, Describe> = {
  deployed: ({ target, migrations, warnings }) => ({
    tone: 'good',
    title: 'Deployed',
    sentence: [
      { strong: `${target} is on the new schema` },
      `: ${plural(migrations.length, 'migration')}, committed and verified.`,
    ],
    next:
      warnings.length === 0
        ? 'Nothing is left to do.'
        : 'Read the warnings below; nothing else is left to do.',
  }),
  'nothing-to-do': ({ target }) => ({
    tone: 'quiet',
    title: 'Nothing to do',
    sentence: [{ strong: `${target} has every migration already` }, '; nothing was changed.'],
    next: 'Nothing is left to do.',
  }),
  'rolled-back': rolledBack,
  'no-go': ({ target, reasons }) => ({
    tone: 'bad',
    title: 'NO-GO',
    sentence: [
      { strong: `${target} is on the old schema and was not touched` },
      `: there ${reasons.length === 1 ? 'is' : 'are'} ${plural(reasons.length, 'reason')} against the deployment.`,
    ],
    next: `Mend what the reasons below name, ${AGAIN}`,
  }),
  hold: ({ target, reasons }) => ({
    tone: 'caution',
    title: 'HOLD',
    sentence: [
      { strong: `${target} is on the old schema and was not touched` },
      `: a person has to decide about ${plural(reasons.length, 'reason')}.`,
    ],
    next: [
      'Mend it, or repeat the command with ',
      { code: '--accept-hold "REASON"' },
      '; the reason is recorded.',
    ],
  }),
  locked: ({ target }) => ({
    tone: 'caution',
    title: 'Locked',
    sentence: [{ strong: `${target} was not touched` }, ': another deployment holds it.'],
    next: `Wait until that one has ended, ${AGAIN}`,
  }),
  failed: ({ target, steps }) => {
    const step = steps.findLast(({ status }) => status === 'failed');
    return {
      tone: 'bad',
      title: 'Failed',
      sentence: [
        { strong: `${target} is as it was; nothing was changed` },
        step === undefined ? '.' : `: the step ${step.name} failed.`,
      ],
      next: `Do what the message below says, ${AGAIN}`,
    };
  },
  'rollback-failed': ({ target }) => ({
    tone: 'alarm',
    title: 'ROLLBACK FAILED',
    sentence: [
      { strong: `${target} is neither proven to be on the new schema nor back on the old one` },
      ': the deployment failed, and then the way back did.',
    ],
    next: [
      'Do not repeat the command blindly: do what the message below says after “Next”, and see ',
      RUNBOOK,
      '.',
    ],
  }),
};

/** The verdict of a run: where its target stands, and what to do next. */
export function verdictOf(report: DeploymentReport): Verdict {
  return VERDICTS[report.outcome](report);
}

function rolledBack({ command, target, rollback, failure }: DeploymentReport): Verdict {
  const asked = command === 'rollback';
  const isSwapped = rollback?.way === 'swap-back';
  const how = isSwapped
    ? `: the backup was restored, ${rollback.verified ? 'verified and ' : ''}swapped in${asked ? ', as somebody asked' : ''}.`
    : ', as it was before: what the migrations did was undone, and nothing that the application wrote is lost.';
  return {
    tone: asked && rollback?.verified !== false ? 'good' : 'bad',
    title: 'Rolled back',
    sentence: [{ strong: `${target} is on the old schema${isSwapped ? ' again' : ''}` }, how],
    next: nextAfterRollback(rollback, failure === null ? undefined : `Mend the cause below, ${AGAIN}`),
  };
}

function nextAfterRollback(rollback: DeploymentReport['rollback'], mend: string | undefined): Text {
  const pieces: Piece[] = [
    ...(rollback?.verified === false
      ? ['It is not equal to before in every respect: read the warnings. ']
      : []),
    ...leftBehind(rollback),
    ...(mend === undefined ? [] : [mend]),
  ];
  return pieces.length > 0 ? pieces : 'Nothing is left to do.';
}

function leftBehind(rollback: DeploymentReport['rollback']): Piece[] {
  if (rollback?.quarantine == null || rollback.leftBehind?.length === 0) return [];
  const rows = rollback.leftBehind?.reduce((sum, { written }) => sum + written, 0);
  const which = rows === undefined ? 'What' : plural(rows, 'row');
  return [
    `${which} written since the backup ${rows === undefined || rows === 1 ? 'is' : 'are'} only in the replaced database `,
    { code: rollback.quarantine },
    ': decide what to carry over (',
    RUNBOOK,
    '). ',
  ];
}
