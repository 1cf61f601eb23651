import type { Bench } from '../bench.ts';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import type { SeededDatabase } from '../server/seeded-database.ts';
import { type BareDeployment, runBareDeployment } from './bare-deployment.ts';
import { type OurDeployment, runOurDeployment } from './our-deployment.ts';

/** The lines of whole deployments, where their time went, and the most memory that the tool held. */
export interface WholeDeployment {
  readonly lines: Line[];
  /** Milliseconds by part: those of the bare programs, and the tool's steps. */
  readonly parts: { readonly bare: Record<string, number>; readonly ours: Record<string, number> };
  readonly peakBytes: number;
}

/** Whole deployments of the pending migrations, beside the sum of their unavoidable parts run bare. */
export async function measureWholeDeployment(bench: Bench, seeded: SeededDatabase): Promise<WholeDeployment> {
  const { reference, ours } = await interleave(
    bench.runs,
    () => {
      bench.note(`${seeded.name}: pg_dump, pg_restore and psql, bare`);
      return runBareDeployment(bench, seeded);
    },
    () => {
      bench.note(`${seeded.name}: deploy run`);
      return runOurDeployment(bench, seeded);
    },
  );
  const bare = (value: (run: BareDeployment) => number) => median(reference.map(value));
  const our = (value: (run: OurDeployment) => number) => median(ours.map(value));
  const stepNames = [...new Set(ours.flatMap(({ steps }) => steps.map(({ name }) => name)))];
  const lines: Line[] = [
    {
      measure: 'whole deployment',
      against: 'pg_dump + pg_restore + 2 × psql -1',
      unit: 'ms',
      reference: bare(wholeMs),
      ours: our(({ ms }) => ms),
      goal: { ratio: 1.25 },
    },
    {
      measure: 'tables locked, by the report',
      against: 'psql -1',
      unit: 'ms',
      reference: bare(({ targetMs }) => targetMs),
      ours: our(({ lockedMs }) => lockedMs),
      goal: { ratio: 1.1 },
    },
    {
      measure: "tables locked, a client's longest wait",
      against: 'the same during psql -1',
      unit: 'ms',
      reference: bare(({ longestWaitMs }) => longestWaitMs),
      ours: our(({ longestWaitMs }) => longestWaitMs),
      goal: { ratio: 1.1 },
    },
    {
      measure: 'backup, time',
      against: 'pg_dump -Fc',
      unit: 'ms',
      reference: bare(({ dumpMs }) => dumpMs),
      ours: our(({ backupMs }) => backupMs),
      goal: { ratio: 0.25 },
    },
    {
      measure: 'backup, size',
      against: 'pg_dump -Fc',
      unit: 'bytes',
      reference: bare(({ dumpBytes }) => dumpBytes),
      ours: our(({ backupBytes }) => backupBytes),
      goal: { ratio: 1 },
    },
  ];
  const stepMs = (name: string) =>
    our(({ steps }) =>
      steps.filter((step) => step.name === name).reduce((ms, step) => ms + step.durationMs, 0),
    );
  return {
    lines,
    parts: {
      bare: {
        'pg_dump -Fc': bare(({ dumpMs }) => dumpMs),
        'pg_restore -j2': bare(({ restoreMs }) => restoreMs),
        'psql -1, scratch': bare(({ scratchMs }) => scratchMs),
        'psql -1, target': bare(({ targetMs }) => targetMs),
      },
      ours: Object.fromEntries(stepNames.map((name) => [name, stepMs(name)])),
    },
    peakBytes: Math.max(...ours.map(({ peakBytes }) => peakBytes)),
  };
}

function wholeMs({ dumpMs, restoreMs, scratchMs, targetMs }: BareDeployment): number {
  return dumpMs + restoreMs + scratchMs + targetMs;
}
