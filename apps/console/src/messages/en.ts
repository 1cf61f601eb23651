import { account } from './en/account.ts';
import { apiKeys } from './en/api-keys.ts';
import { auditEvents } from './en/audit-events.ts';
import { common } from './en/common.ts';
import { configComparison } from './en/config-comparison.ts';
import { configFindings } from './en/config-findings.ts';
import { configRows } from './en/config-rows.ts';
import { configSeat } from './en/config-seat.ts';
import { configVersion } from './en/config-version.ts';
import { configuration } from './en/configuration.ts';
import { deployments } from './en/deployments.ts';
import { documents } from './en/documents.ts';
import { inbox } from './en/inbox.ts';
import { integrity } from './en/integrity.ts';
import { people } from './en/people.ts';
import { remediation } from './en/remediation.ts';
import { routingPreview } from './en/routing-preview.ts';
import { session } from './en/session.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { sites } from './en/sites.ts';
import { values } from './en/values.ts';

/** Every English text of the console, in ICU message syntax. Another language is another object of this shape. */
export const en = {
  account,
  apiKeys,
  auditEvents,
  common,
  deployments,
  documents,
  inbox,
  integrity,
  people,
  configComparison,
  configFindings,
  configRows,
  configSeat,
  configVersion,
  configuration,
  routingPreview,
  remediation,
  session,
  settings,
  shell,
  sites,
  values,
} as const;

declare module 'use-intl' {
  interface AppConfig {
    Locale: 'en';
    Messages: typeof en;
  }
}
