import { useMessages } from 'use-intl';
import { type ValueOf, type ValueSet, valuesOf } from '../messages/values-of.ts';

/** How a value of one of the API's closed sets is said: `valueText('UserStatus', user.status)`. */
export function useValueText(): <Set extends ValueSet>(set: Set, value: ValueOf<Set>) => string {
  const { values } = useMessages();
  return (set, value) => {
    const texts: Readonly<Record<string, string>> = values[set];
    return texts[value] ?? value;
  };
}

/** All values of a set with how they are said, for a choice. */
export function useValueOptions<Set extends ValueSet>(
  set: Set,
): readonly { readonly value: ValueOf<Set>; readonly label: string }[] {
  const valueText = useValueText();
  return valuesOf(set).map((value) => ({ value, label: valueText(set, value) }));
}
