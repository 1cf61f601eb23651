import { z } from 'zod';
import { UNREFERENCED_DAYS } from './jobs/clean-up.ts';
import { defaultSchedules } from './jobs/queues.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(0).max(3_600_000);
/** Five fields, in UTC. */
const cron = z.string().regex(/^\S+(?: \S+){4}$/, 'must be cron: five fields');
const count = z.coerce.number().int().min(1).max(1_000_000_000);
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
/** Origins separated by commas, as browsers write them. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .pipe(
    z.array(httpUrl.refine((url) => URL.canParse(url) && new URL(url).origin === url, 'must be origins')),
  );

/** What a process of the API is told by its environment; every default is one for one machine. */
const Variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/, error: 'must be a postgresql:// URL' }),
  DATABASE_CONNECTIONS: count.default(10),
  SECRET: z.string({ error: 'is required: at least 32 characters' }).min(32, 'needs at least 32 characters'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  API_URL: httpUrl.optional(),
  APP_URL: httpUrl.optional(),
  /** A directory, or `off`. */
  CONSOLE_DIR: z.string().min(1).optional(),
  TRUSTED_ORIGINS: origins.optional(),
  TRUST_PROXY: z.string().min(1).optional(),
  DOCUMENTS_DIR: z.string().min(1).default('.apms/documents'),
  DOCUMENT_LIMIT_BYTES: count.default(50 * 1024 * 1024),
  DOCUMENT_KEEP_DAYS: count.default(UNREFERENCED_DAYS),
  DEPLOYMENTS_DIR: z.string().min(1).default('.deploy'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp(s):// URL' }).optional(),
  /** In `development` mails are written to the log when there is no SMTP_URL. */
  NODE_ENV: z.string().default('production'),
  MAIL_FROM: z.email().default('apms@localhost.localdomain'),
  JOBS: z.enum(['on', 'off']).default('on'),
  SLA_CRON: cron.default(defaultSchedules['sla-breaches']),
  AUDIT_CRON: cron.default(defaultSchedules['integrity-audit']),
  CLEAN_UP_CRON: cron.default(defaultSchedules['clean-up']),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  BODY_LIMIT_BYTES: count.optional(),
  CALL_TIMEOUT_MS: milliseconds.min(1).optional(),
  REQUEST_TIMEOUT_MS: milliseconds.min(1).optional(),
  REQUESTS_PER_MINUTE: count.optional(),
  SIGN_INS_PER_MINUTE: count.optional(),
  SHUTDOWN_DELAY_MS: milliseconds.default(0),
  SHUTDOWN_LIMIT_MS: milliseconds.default(40_000),
});
/** The API serves the pages itself, unless it is said that they are elsewhere. */
const Env = Variables.transform((env) => {
  const apiUrl = env.API_URL ?? `http://127.0.0.1:${env.PORT}`;
  return { ...env, API_URL: apiUrl, APP_URL: env.APP_URL ?? apiUrl };
});
export type Env = z.infer<typeof Env>;

/** Everything that is wrong with the environment, without any value, which may be a secret. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Reads the variables; an empty one counts as absent. @throws {EnvError} naming every problem at once */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.entries(variables).filter(([, value]) => value !== undefined && value !== '');
  const read = Env.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  throw new EnvError(
    read.error.issues.map(({ path, message }) => `${path[0]?.toString() ?? ''}: ${message}`),
  );
}
