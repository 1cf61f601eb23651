import { type Logger, pino } from 'pino';

/** What is never written to a log, wherever in an entry it is. */
const SECRET_KEYS = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'secret',
];

/** One JSON line an entry, on standard output, with secrets replaced. */
export function createLog(level: string): Logger {
  const paths = SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]);
  return pino({ level, redact: { paths, censor: '[redacted]' } });
}
