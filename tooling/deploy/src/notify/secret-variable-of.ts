import type { NotificationConfig } from './notification-config.ts';

/** The environment variable that holds the address, which is a secret. */
export function secretVariableOf(config: NotificationConfig): string {
  return config.kind === 'webhook' ? config.urlVariable : config.smtpUrlVariable;
}
