import { setTimeout as sleep } from 'node:timers/promises';
import manifest from '../package.json' with { type: 'json' };
import { type Env, EnvError, readEnv } from './env.ts';
import { findConsole } from './find-console.ts';
import { createLog } from './http/create-log.ts';
import { createMetrics } from './http/metrics.ts';
import { metricsServer } from './http/metrics-server.ts';
import { openTelemetry } from './http/open-telemetry.ts';
import { keepJobs } from './jobs/keep-jobs.ts';
import { openServices } from './open-services.ts';
import { createServer } from './server.ts';
import { stopOnSignals } from './stop-on-signals.ts';

async function main(env: Env): Promise<void> {
  const log = createLog(env.LOG_LEVEL);
  const consoleDirectory = findConsole(env.CONSOLE_DIR);
  const tracing =
    env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? null : await openTelemetry(manifest.version);
  const opened = openServices(env, log);
  const { database, services } = opened;
  const metrics = createMetrics({ pool: database.pool, changes: services.changes, ofProcess: true });
  let isStopping = false;
  const server = await createServer({
    ...opened,
    metrics,
    limits: limitsOf(env),
    appUrl: env.APP_URL,
    ...(env.TRUSTED_ORIGINS === undefined ? {} : { corsOrigins: env.TRUSTED_ORIGINS }),
    ...(env.TRUST_PROXY === undefined ? {} : { trustProxy: env.TRUST_PROXY }),
    ...(consoleDirectory === null ? {} : { consoleDirectory }),
    isStopping: () => isStopping,
  });
  const jobs =
    env.JOBS === 'on'
      ? keepJobs({
          ...opened,
          appUrl: env.APP_URL,
          schedules: schedulesOf(env),
          unreferencedDays: env.DOCUMENT_KEEP_DAYS,
        })
      : null;
  const watched = env.METRICS_PORT === undefined ? null : metricsServer(metrics.registry);

  stopOnSignals({
    log,
    limitMs: env.SHUTDOWN_LIMIT_MS,
    stop: async () => {
      isStopping = true;
      await sleep(env.SHUTDOWN_DELAY_MS);
      await Promise.all([server.close(), jobs?.stop()]);
      watched?.close();
      await opened.close();
      // A collector that does not answer is no reason to fail.
      await tracing?.close().catch((error: unknown) => log.warn({ err: error }, 'spans were lost'));
      log.info('stopped');
    },
  });
  watched?.listen(env.METRICS_PORT, env.METRICS_HOST);
  const url = await server.listen({ host: env.HOST, port: env.PORT });
  log.info({ url, version: manifest.version, console: consoleDirectory ?? 'off' }, 'listening');
}

function schedulesOf(env: Env) {
  return { 'sla-breaches': env.SLA_CRON, 'integrity-audit': env.AUDIT_CRON, 'clean-up': env.CLEAN_UP_CRON };
}

function limitsOf(env: Env) {
  const given = {
    bodyBytes: env.BODY_LIMIT_BYTES,
    callTimeoutMs: env.CALL_TIMEOUT_MS,
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    requestsPerMinute: env.REQUESTS_PER_MINUTE,
    signInsPerMinute: env.SIGN_INS_PER_MINUTE,
  };
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

try {
  await main(readEnv(process.env));
} catch (error) {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
}
