import { type ReactNode, useSyncExternalStore } from 'react';
import { IntlProvider } from 'use-intl';
import { knownTexts } from './texts.ts';

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

/** Makes the texts of the reader's language available below; there is English. */
export function Messages({ children }: { readonly children: ReactNode }) {
  const texts = useSyncExternalStore(knownTexts.subscribe, knownTexts.get);
  return (
    <IntlProvider locale="en" messages={texts} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}
