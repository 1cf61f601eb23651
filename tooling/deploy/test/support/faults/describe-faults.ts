import { afterAll, describe, expect, inject, onTestFailed, test } from 'vitest';
import { canMount } from '../can-mount.ts';
import { type Blow, blowsOf } from './blows.ts';
import { FaultKind } from './fault.ts';
import { FAULT_PATHS, type FaultPath, type FaultPathName } from './paths.ts';
import { type FaultWorld, openFaultWorld } from './world.ts';

/** How many faults a path meets in the test suite; `FAULT_RUNS` asks for more, `FAULT_SEED` for others. */
const RUNS = Number(process.env['FAULT_RUNS'] ?? 25);
const SEED = Number(process.env['FAULT_SEED'] ?? 1);

declare module 'vitest' {
  interface TaskMeta {
    /** For whoever counts the runs. */
    fault?: { path: FaultPathName; kind: FaultKind; state: 'old' | 'new' | 'between' };
  }
}

/** Where there is no server, one stands for all that are skipped. */
const FIRST: Blow = { kind: 'tool', entry: 1, delayMs: 0 };

/** Declares the faults of a path, each a deployment that is broken, recovered and looked at. */
export async function describeFaults(path: FaultPathName): Promise<void> {
  const hasServer = inject('testServer')?.kind === 'server';
  const world = hasServer ? await openFaultWorld(path) : undefined;
  const blows = world === undefined ? [FIRST] : await chooseBlows(world);
  const { outcome }: FaultPath = FAULT_PATHS[path];
  const states = outcome === 'deployed' ? ['old', 'new'] : ['old'];

  describe.runIf(hasServer)(`faults on the ${path} path`, () => {
    afterAll(() => world?.close());

    test.for(blows.map((blow) => [describeBlow(blow), blow] as const))(
      '%s',
      { timeout: 300_000 },
      async ([, blow], { task }) => {
        const aftermath = await world?.strike(blow);
        onTestFailed(() => void process.stderr.write(`${aftermath?.output}\n`));
        if (aftermath !== undefined) task.meta.fault = { path, kind: blow.kind, state: aftermath.state };
        expect(aftermath).toMatchObject({
          leftovers: [],
          nothingLeftToRecover: true,
          recoveryExitCode: 0,
        });
        expect(states).toContain(aftermath?.state);
        expect(aftermath?.outcome === 'deployed').toBe(aftermath?.state === 'new');
      },
    );
  });
}

async function chooseBlows({ entries }: FaultWorld): Promise<Blow[]> {
  const isMountable = await canMount();
  const kinds = FaultKind.options.filter((kind) => kind !== 'disk' || isMountable);
  return blowsOf(entries, { runs: RUNS, seed: SEED, kinds });
}

function describeBlow({ kind, entry, delayMs, recovery }: Blow): string {
  const later = delayMs === 0 ? '' : ` and ${delayMs} ms`;
  const again = recovery === undefined ? '' : `, and of the recovery after its entry ${recovery.entry}`;
  return `${kind} after entry ${entry}${later}${again}`;
}
