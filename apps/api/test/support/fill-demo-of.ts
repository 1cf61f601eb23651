import { pino } from 'pino';
import { type Demo, fillDemo } from '../../src/demo/fill-demo.ts';
import { readEnv } from '../../src/env.ts';
import { openServices } from '../../src/open-services.ts';

/** Fills the database of an API process with the demonstration; `env` is what the process was started with. */
export async function fillDemoOf(env: Readonly<Record<string, string>>): Promise<Demo> {
  const opened = openServices(
    readEnv({ SECRET: 'of nobody who signs in here: processes have their own', ...env }),
    pino({ level: 'silent' }),
  );
  try {
    return await fillDemo(opened);
  } finally {
    await opened.close();
  }
}
