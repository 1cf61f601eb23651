import type { NotificationConfig } from './notification-config.ts';
import { secretVariableOf } from './secret-variable-of.ts';

/** The addresses that the environment holds for notifications, and their passwords: what no text may show. */
export function secretsOf(configs: readonly NotificationConfig[]): string[] {
  return configs.flatMap((config) => {
    const url = process.env[secretVariableOf(config)];
    if (!url) return [];
    const password = URL.parse(url)?.password;
    return password ? [url, password, decodeURIComponent(password)] : [url];
  });
}
