import type { ValueOf, ValueSet } from '../messages/values-of.ts';
import { useValueText } from './use-value-text.ts';

type Props = { [Set in ValueSet]: { readonly set: Set; readonly value: ValueOf<Set> } }[ValueSet];

/** A value of one of the API's closed sets in the reader's language, as plain text. */
export function ValueText({ set, value }: Props) {
  const valueText = useValueText();
  return valueText(set, value);
}
