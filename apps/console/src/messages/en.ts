import { account } from './en/account.ts';
import { common } from './en/common.ts';
import { session } from './en/session.ts';
import { shell } from './en/shell.ts';
import { sites } from './en/sites.ts';
import { values } from './en/values.ts';

/** Every English text of the console, in ICU message syntax. Another language is another object of this shape. */
export const en = { account, common, session, shell, sites, values } as const;

declare module 'use-intl' {
  interface AppConfig {
    Locale: 'en';
    Messages: typeof en;
  }
}
