import { DeploymentOutcome } from '@apms/validators';
import { z } from 'zod';

const Variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/);

const on = z
  .array(DeploymentOutcome)
  .min(1)
  .default(DeploymentOutcome.options.filter((outcome) => outcome !== 'nothing-to-do'))
  .describe('The outcomes that are told; unset means all but nothing-to-do.');

/** Somebody who is told how a run ended. Addresses that are secrets come from the environment. */
export const NotificationConfig = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('webhook'),
    urlVariable: Variable.describe(
      'Environment variable with the URL of an incoming webhook (Slack, Mattermost).',
    ),
    on,
  }),
  z.strictObject({
    kind: z.literal('email'),
    smtpUrlVariable: Variable.describe('Environment variable with smtp://user:password@host:port.'),
    from: z.email().describe("The sender's address."),
    to: z.array(z.email()).min(1).describe("The receivers' addresses."),
    on,
  }),
]);
export type NotificationConfig = z.output<typeof NotificationConfig>;
export type WebhookConfig = Extract<NotificationConfig, { kind: 'webhook' }>;
export type EmailConfig = Extract<NotificationConfig, { kind: 'email' }>;
