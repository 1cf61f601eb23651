import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { z } from 'zod';
import type { Line } from '../line.ts';

/** Something that was measured of a load. */
export type Figure = z.infer<typeof Figure>;
const Figure = z.object({ measure: z.string(), unit: z.enum(['requests/s', 'ms']), value: z.number() });

const Baseline = z.object({
  /** What the figures were measured on: on another machine they are others. */
  machine: z.string(),
  recordedOn: z.iso.date(),
  figures: z.array(Figure),
});

const FILE = new URL('../../api-load-baseline.json', import.meta.url);

/** The figures beside the recorded ones, which only tell; with `records` they become the recorded ones. */
export async function besideBaseline(figures: readonly Figure[], records: boolean): Promise<Line[]> {
  const { figures: known, recordedOn } = Baseline.parse(JSON.parse(await readFile(FILE, 'utf8')));
  if (records) await record(figures);
  const values = new Map(known.map(({ measure, unit, value }) => [`${measure} ${unit}`, value]));
  return figures.map(({ measure, unit, value }) => ({
    measure,
    against: `recorded on ${recordedOn}`,
    unit,
    reference: values.get(`${measure} ${unit}`) ?? Number.NaN,
    ours: value,
  }));
}

async function record(figures: readonly Figure[]): Promise<void> {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1e9);
  const baseline = {
    machine: `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GB, Node ${process.versions.node}`,
    recordedOn: new Date().toISOString().slice(0, 10),
    figures: figures.map((figure) => ({ ...figure, value: Math.round(figure.value * 10) / 10 })),
  };
  await writeFile(FILE, `${JSON.stringify(baseline, null, 2)}\n`);
}
