import { useMessages } from 'use-intl';
import type { en } from '../messages/en.ts';

type Values = (typeof en)['values'];

/** How a value of one of the API's closed sets is said: `valueText('UserStatus', user.status)`. */
export function useValueText(): <Set extends keyof Values>(set: Set, value: ValueOf<Values[Set]>) => string {
  const { values } = useMessages();
  return (set, value) => {
    const texts: Readonly<Record<string, string>> = values[set];
    return texts[value] ?? value;
  };
}

/** Whichever set is meant, one of its own values. */
type ValueOf<Texts> = Texts extends unknown ? keyof Texts & string : never;
