import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { en } from './en.ts';

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

/** Makes the texts of the reader's language available below; there is English. */
export function Messages({ children }: { readonly children: ReactNode }) {
  return (
    <IntlProvider locale="en" messages={en} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}
