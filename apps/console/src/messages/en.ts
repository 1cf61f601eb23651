import { account } from './en/account.ts';
import { apiKeys } from './en/api-keys.ts';
import { auditEvents } from './en/audit-events.ts';
import { configComparison } from './en/config-comparison.ts';
import { configFindings } from './en/config-findings.ts';
import { configRows } from './en/config-rows.ts';
import { configSeat } from './en/config-seat.ts';
import { configVersion } from './en/config-version.ts';
import { configuration } from './en/configuration.ts';
import { coverPage } from './en/cover-page.ts';
import { deployments } from './en/deployments.ts';
import { integrity } from './en/integrity.ts';
import { overrides } from './en/overrides.ts';
import { people } from './en/people.ts';
import { punchlists } from './en/punchlists.ts';
import { remediation } from './en/remediation.ts';
import { routingPreview } from './en/routing-preview.ts';
import { settings } from './en/settings.ts';
import { sites } from './en/sites.ts';
import { submissions } from './en/submissions.ts';
import { workflows } from './en/workflows.ts';
import { first } from './first.ts';

/** Every English text of the console, in ICU message syntax. Another language is another object of this shape. */
export const en = {
  ...first,
  account,
  apiKeys,
  auditEvents,
  configComparison,
  configFindings,
  configRows,
  configSeat,
  configVersion,
  configuration,
  coverPage,
  deployments,
  integrity,
  overrides,
  people,
  punchlists,
  remediation,
  routingPreview,
  settings,
  sites,
  submissions,
  workflows,
} as const;

declare module 'use-intl' {
  interface AppConfig {
    Locale: 'en';
    Messages: typeof en;
  }
}
