import type { Bench } from '../bench.ts';
import { BenchError } from '../bench-error.ts';
import { interleave } from '../interleave.ts';
import type { Line } from '../line.ts';
import { median } from '../median.ts';
import type { ApiProcess } from './api-process.ts';
import type { BenchWorld } from './bench-world.ts';
import { type ApiCall, callApi, requestOfCall } from './call-api.ts';
import type { FloorProcedure } from './floor-options.ts';
import { startFloor } from './floor-process.ts';
import type { MeasuredProcedure } from './measured-procedure.ts';
import { type LoadRequest, type LoadResult, putLoad } from './put-load.ts';
import type { SentStatement } from './sent-statement.ts';
import { planStatements, type Subject } from './statement-plan.ts';

/** Calls before anything is measured, in runs: the API has more code to be compiled than the floor. */
const WARM_UP = { query: 2, mutation: 0.5 } as const;

/** The processes that answer the calls. */
export interface ApiProcesses {
  readonly measured: ApiProcess;
  readonly recording: ApiProcess;
}

/** How many subjects of its own a mutation needs. */
export function subjectsNeeded(amount: number, runs: number): number {
  return RECORDED_CALLS + 3 * (Math.ceil(amount * WARM_UP.mutation) + runs * amount);
}

/** The API beside the floor, which sends the very statements that the API was seen to send. */
export async function measureProcedure(
  bench: Bench,
  world: BenchWorld,
  { measured, recording }: ApiProcesses,
  procedure: MeasuredProcedure,
): Promise<Line[]> {
  const { name, kind, person, inputOf, subjects, amount, goal } = procedure;
  bench.note(name);
  let used = 0;
  const next = (): Subject => {
    const subject = subjects[kind === 'query' ? used % subjects.length : used];
    used += 1;
    if (subject === undefined) throw new BenchError(`${name}: there is nothing left to call it for`);
    return subject;
  };
  const callOf = (subject: Subject): ApiCall => ({
    procedure: procedure.procedure,
    kind,
    input: inputOf(subject),
  });

  const floorProcedure = await record(recording, procedure, next, callOf);
  const floor = await startFloor(bench, world, { [procedure.procedure]: floorProcedure });
  try {
    const ours = () => putLoad(measured.url, amount, () => requestOfCall(callOf(next()), person));
    const floorIn = (mode: 'strict' | 'scoped', count = amount) =>
      putLoad(floor.url, count, () => floorRequest(`/${mode}/${procedure.procedure}`, kind, next()));
    const warmUps = Math.ceil(amount * WARM_UP[kind]);
    await floorIn('strict', warmUps);
    await floorIn('scoped', warmUps);
    await putLoad(measured.url, warmUps, () => requestOfCall(callOf(next()), person));
    const { reference, ours: both } = await interleave(
      bench.runs,
      () => floorIn('strict'),
      async () => ({ ours: await ours(), scoped: await floorIn('scoped') }),
    );
    return linesOf(name, goal, {
      strict: reference,
      scoped: both.map(({ scoped }) => scoped),
      ours: both.map((run) => run.ours),
    });
  } finally {
    await floor.stop();
  }
}

const RECORDED_CALLS = 3;

async function record(
  { url, takeStatements }: ApiProcess,
  { person, gives, kind }: MeasuredProcedure,
  next: () => Subject,
  callOf: (subject: Subject) => ApiCall,
): Promise<FloorProcedure> {
  // Who calls is looked up once and then known.
  for (let call = 1; call < RECORDED_CALLS; call += 1) await callApi(url, callOf(next()), person);
  await takeStatements();
  const since = new Date();
  const subject = next();
  const answer = await callApi(url, callOf(subject), person);
  const sent = await takeStatements();
  const unscoped = sent.filter((statement) => !isScope(statement));
  const bare = kind === 'query' ? unscoped.filter(({ text }) => !/^(begin|commit)/.test(text)) : unscoped;
  const example = { subject, since };
  return { strict: planStatements(bare, example), scoped: planStatements(sent, example), gives, answer };
}

function isScope({ text }: SentStatement): boolean {
  return /^\s*select set_config\('role'/.test(text);
}

function floorRequest(path: string, kind: ApiCall['kind'], subject: Subject): LoadRequest {
  return kind === 'mutation'
    ? { method: 'POST', path, body: JSON.stringify(subject) }
    : { method: 'GET', path: `${path}?${new URLSearchParams(subject).toString()}` };
}

function linesOf(
  name: string,
  goal: number | undefined,
  runs: Readonly<Record<'strict' | 'scoped' | 'ours', readonly LoadResult[]>>,
): Line[] {
  const rate = (of: keyof typeof runs) => median(runs[of].map((run) => run.requestsPerSecond));
  const p99 = (of: keyof typeof runs) => median(runs[of].map((run) => run.p99Ms));
  return [
    {
      measure: name,
      against: 'pg on node:http',
      unit: 'requests/s',
      reference: rate('strict'),
      ours: rate('ours'),
      ...(goal === undefined ? {} : { goal: { atLeast: goal } }),
    },
    {
      measure: `${name}, p99`,
      against: 'pg on node:http',
      unit: 'ms',
      reference: p99('strict'),
      ours: p99('ours'),
    },
    {
      measure: name,
      against: 'the same, scoped by request',
      unit: 'requests/s',
      reference: rate('scoped'),
      ours: rate('ours'),
    },
  ];
}
