import type { DeploymentReport, MigrationRun } from '@apms/validators';

type Attributes = Record<string, string | number | boolean>;

/** A span before it is one; both times in milliseconds since 1970. */
export interface PlannedSpan {
  name: string;
  startMs: number;
  endMs: number;
  attributes: Attributes;
  error: { code: string; message: string } | undefined;
  children: PlannedSpan[];
}

const span = (
  name: string,
  startedAt: string,
  durationMs: number,
  more: Partial<PlannedSpan> = {},
): PlannedSpan => {
  const startMs = Date.parse(startedAt);
  return {
    name,
    startMs,
    endMs: startMs + durationMs,
    attributes: {},
    error: undefined,
    children: [],
    ...more,
  };
};

/** The spans of a run, as a tree: the whole, its steps, and in these the migrations and the hook commands. Pure. */
export function spansOf(report: DeploymentReport): PlannedSpan {
  const { command, failure, outcome, exitCode, decision, commit, serverVersion } = report;
  const before = report.hooks.filter(({ phase }) => phase === 'before').map(hookSpan);
  const steps = report.steps.map((step) =>
    span(step.name, step.startedAt, step.durationMs, {
      attributes: { 'apms.deployment.step': step.name, 'apms.deployment.step.passed': step.passed },
      error:
        step.status === 'failed' ? { code: failure?.code ?? 'FAILED', message: step.summary } : undefined,
      children: childrenOf(step.name, report),
    }),
  );
  return span(`deploy ${command === 'deploy' ? 'run' : command}`, report.startedAt, report.durationMs, {
    attributes: {
      'apms.deployment.id': report.id,
      'apms.deployment.target': report.target,
      'apms.deployment.outcome': outcome,
      'apms.deployment.exit_code': exitCode,
      'apms.deployment.migrations': report.migrations.length,
      'deployment.environment.name': report.target,
      'db.system.name': 'postgresql',
      ...(decision !== null && { 'apms.deployment.decision': decision }),
      ...(commit !== null && { 'vcs.ref.head.revision': commit }),
      ...(serverVersion !== null && { 'apms.deployment.server_version': serverVersion }),
    },
    error: failure ?? (exitCode === 0 ? undefined : { code: outcome, message: report.reasons.join('\n') }),
    children: [...before, ...steps],
  });
}

function childrenOf(step: string, { migrations, hooks }: DeploymentReport): PlannedSpan[] {
  switch (step) {
    case 'rehearse':
      return migrations.flatMap(({ name, rehearsed }) => migrationSpan(name, rehearsed));
    case 'migrate':
      return migrations.flatMap(({ name, applied }) => migrationSpan(name, applied));
    case 'smoke':
      return hooks.filter(({ phase }) => phase === 'smoke').map(hookSpan);
    case 'finish':
      return hooks.filter(({ phase }) => phase === 'after').map(hookSpan);
    default:
      return [];
  }
}

function migrationSpan(name: string, run: MigrationRun | null): PlannedSpan[] {
  if (run === null || run.startedAt === null) return [];
  const attributes = { 'apms.migration.name': name, 'apms.migration.locks': run.locks.length };
  return [span(`migration ${name}`, run.startedAt, run.durationMs, { attributes })];
}

function hookSpan({
  phase,
  command,
  startedAt,
  durationMs,
  exitCode,
  timedOut,
}: DeploymentReport['hooks'][number]) {
  const message = timedOut ? 'took too long' : `exited with ${exitCode ?? 'a signal'}`;
  return span(`hook ${phase}`, startedAt, durationMs, {
    attributes: { 'apms.hook.command': command, ...(exitCode !== null && { 'process.exit.code': exitCode }) },
    error: exitCode === 0 && !timedOut ? undefined : { code: 'HOOK_FAILED', message },
  });
}
