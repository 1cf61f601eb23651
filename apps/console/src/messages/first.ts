import { common } from './en/common.ts';
import { documents } from './en/documents.ts';
import { inbox } from './en/inbox.ts';
import { session } from './en/session.ts';
import { shell } from './en/shell.ts';
import { values } from './en/values.ts';

/** What signing in and the inbox say: the texts of the first script. */
export const first = { common, documents, inbox, session, shell, values } as const;
