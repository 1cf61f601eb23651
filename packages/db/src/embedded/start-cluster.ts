import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownerOfCluster } from './cluster-owner.ts';
import { embeddedBinDir } from './embedded-bin-dir.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { freePort } from './free-port.ts';
import { isAnswering } from './is-answering.ts';
import { readPostmaster } from './postmaster.ts';
import { runAsOwner } from './run-as-owner.ts';
import { openServerLog, type ServerLog } from './server-log.ts';

/** The choices of {@link startCluster}. */
export interface StartClusterOptions {
  /** A free one is chosen when absent. */
  readonly port?: number;
  /** The server programs to use; the embedded ones when absent. */
  readonly binDir?: string;
  /** Beside the data directory when absent. */
  readonly logFile?: string;
  /** Settings of this start only, above those of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

const startTimeoutSeconds = 600;
const portAttempts = 5;
const remnantAttempts = 100;
const PORT_TAKEN = /Address already in use|could not create any TCP\/IP sockets/;

/**
 * Starts a cluster as a daemon on 127.0.0.1, crash recovery included, and returns when it accepts
 * connections. A cluster that runs already is left as it is, and its port returned.
 * @throws {START_FAILED} with the end of the server's log
 */
export async function startCluster(
  dataDir: string,
  options: StartClusterOptions = {},
): Promise<{ port: number }> {
  const log = await openServerLog(options.logFile ?? `${dataDir}.log`, ownerOfCluster(dataDir));
  const deadline = Date.now() + startTimeoutSeconds * 1000;
  // After a crash the old port, if nobody took it, keeps the URLs of the server's users good.
  let formerPort = readPostmaster(dataDir)?.port;
  for (let attempt = 1; Date.now() < deadline; attempt += 1) {
    const running = readPostmaster(dataDir);
    if (running?.isAlive === true) {
      if (running.isReady && (await isAnswering(running.port))) return { port: running.port };
      await sleep(20);
      continue;
    }
    // PostgreSQL takes any process of its own user with that pid, even a zombie, for the server.
    if (running !== undefined && existsProcess(running.pid))
      await rm(join(dataDir, 'postmaster.pid'), { force: true });
    const port = options.port ?? formerPort ?? (await freePort());
    const output = await launch(dataDir, port, log, options);
    if (output === undefined) return { port };
    if (!mayPass(output, options, attempt)) throw startFailed(dataDir, log, output);
    if (PORT_TAKEN.test(output)) formerPort = undefined;
    await sleep(100);
  }
  throw startFailed(dataDir, log, log.newLines());
}

/** Undefined when the server has started, else what it says about why not. */
async function launch(
  dataDir: string,
  port: number,
  log: ServerLog,
  { binDir, settings = {} }: StartClusterOptions,
): Promise<string | undefined> {
  const switches = Object.entries({ ...settings, port }).map(
    ([name, value]) => `-c ${quote(`${name}=${value}`)}`,
  );
  const { succeeded, output } = await runAsOwner(
    join(binDir ?? (await embeddedBinDir()), 'pg_ctl'),
    ['start', '-D', dataDir, '-w', '-t', `${startTimeoutSeconds}`, '-l', log.file, '-o', switches.join(' ')],
    ownerOfCluster(dataDir),
  );
  return succeeded ? undefined : log.newLines() || output;
}

/** Whether a failure to start is one of the passing kind, so that another attempt makes sense. */
function mayPass(output: string, { port }: StartClusterOptions, attempt: number): boolean {
  // Somebody took the port between our look and the server's.
  if (PORT_TAKEN.test(output)) {
    return port === undefined && attempt < portAttempts;
  }
  // A killed server's backends need a moment to notice; another start may have been quicker.
  return (
    /pre-existing shared memory block|lock file "postmaster.pid"/.test(output) && attempt < remnantAttempts
  );
}

function existsProcess(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch {
    return false;
  }
}

/** pg_ctl hands the server's switches to a shell. */
function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function startFailed(dataDir: string, log: ServerLog, output: string): EmbeddedServerError {
  const sentence = `PostgreSQL could not be started on ${dataDir}; its log is ${log.file}.`;
  return new EmbeddedServerError(sentence, {
    code: 'START_FAILED',
    path: dataDir,
    logFile: log.file,
    output,
  });
}
