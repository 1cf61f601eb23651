import type { StageDecision } from '@apms/validators';
import { Check, ListChecks, X } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { useValueText } from '../../ui/use-value-text.ts';

const choices = [
  { decision: 'APPROVE', look: 'primary', icon: Check },
  { decision: 'APPROVE_WITH_PUNCHLIST', look: 'secondary', icon: ListChecks },
  { decision: 'REJECT', look: 'secondary', icon: X },
] as const;

/** The three decisions; on a phone within reach of the thumb. */
export function DecisionButtons({ onDecide }: { readonly onDecide: (decision: StageDecision) => void }) {
  const valueText = useValueText();
  return (
    <div className="flex flex-wrap gap-2 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:border-t max-lg:border-line max-lg:bg-surface max-lg:p-3 max-lg:*:min-h-11 max-lg:*:flex-1">
      {choices.map(({ decision, look, icon: Icon }) => (
        <Button
          key={decision}
          look={look}
          icon={<Icon aria-hidden className="size-4" />}
          onClick={() => onDecide(decision)}
        >
          {valueText('StageDecision', decision)}
        </Button>
      ))}
    </div>
  );
}
