import { Badge, type Tone } from './badge.tsx';
import { useValueText } from './use-value-text.ts';
import { type ToneSet, valueTones } from './value-tones.ts';

type Props = {
  [Set in ToneSet]: { readonly set: Set; readonly value: keyof (typeof valueTones)[Set] };
}[ToneSet];

/** A value of one of the API's closed sets, in the reader's language: `<ValueBadge set="UserStatus" value={status} />`. */
export function ValueBadge({ set, value }: Props) {
  const valueText = useValueText();
  const tones: Readonly<Record<string, Tone>> = valueTones[set];
  return <Badge tone={tones[value] ?? 'neutral'}>{valueText(set, value)}</Badge>;
}
