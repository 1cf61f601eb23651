import { startJobsProcess } from './jobs.ts';

/** A process of its own that begins to clean up, says so, and never gets further: to be killed. */
const hanging = {
  remove: () => Promise.resolve(),
  list: async function* never() {
    process.stdout.write('busy\n');
    await new Promise<never>(() => undefined);
    yield '';
  },
};

await startJobsProcess(process.argv[2] ?? '', { documents: hanging, timing: { expireSeconds: 4 } });
process.stdout.write('started\n');
