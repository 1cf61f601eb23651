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
import { coverPage } from './en/cover-page.ts';
import { deployments } from './en/deployments.ts';
import { documents } from './en/documents.ts';
import { inbox } from './en/inbox.ts';
import { integrity } from './en/integrity.ts';
import { overrides } from './en/overrides.ts';
import { people } from './en/people.ts';
import { punchlists } from './en/punchlists.ts';
import { remediation } from './en/remediation.ts';
import { routingPreview } from './en/routing-preview.ts';
import { session } from './en/session.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { sites } from './en/sites.ts';
import { submissions } from './en/submissions.ts';
import { values } from './en/values.ts';
import { workflows } from './en/workflows.ts';

/** Every English text of the console, in ICU message syntax. Another language is another object of this shape. */
export const en = {
  account,
  apiKeys,
  auditEvents,
  common,
  configComparison,
  configFindings,
  configRows,
  configSeat,
  configVersion,
  configuration,
  coverPage,
  deployments,
  documents,
  inbox,
  integrity,
  overrides,
  people,
  punchlists,
  remediation,
  routingPreview,
  session,
  settings,
  shell,
  sites,
  submissions,
  values,
  workflows,
} as const;

declare module 'use-intl' {
  interface AppConfig {
    Locale: 'en';
    Messages: typeof en;
  }
}
