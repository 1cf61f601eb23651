import type { Bench } from '../bench.ts';
import type { Section } from '../section.ts';
import { startApiProcess } from './api-process.ts';
import { createBenchWorld } from './bench-world.ts';
import { measureProcedures } from './procedures.ts';
import { CONNECTIONS } from './put-load.ts';

export interface ApiBenchOptions {
  /** Stages of the small database. */
  readonly stages: number;
  /** Calls of one run of a procedure that reads; those that write are called a fifth as often. */
  readonly requests: number;
}

/** `bench api`: the API as a process beside the floor, under the load of 20 connections. */
export async function benchApi(bench: Bench, { stages, requests }: ApiBenchOptions): Promise<Section[]> {
  const world = await createBenchWorld(bench, stages);
  const { database } = world;
  const measured = await startApiProcess(bench, { database });
  try {
    const recording = await startApiProcess(bench, { database, records: true });
    try {
      const lines = await measureProcedures(
        bench,
        world,
        { measured, recording },
        { reads: requests, writes: Math.ceil(requests / 5) },
      );
      const title = `${world.stages.toLocaleString('en')} stages, ${CONNECTIONS} connections`;
      return [{ title, lines, parts: undefined }];
    } finally {
      await recording.stop();
    }
  } finally {
    await measured.stop();
  }
}
