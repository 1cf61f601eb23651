import type { StageDecision } from '@apms/validators';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { DecidableStage } from './decidable-stage.ts';

/** The dialog comes with its schemas, after the page. */
export const loadDecide = async () => ({ default: (await import('./decide-dialog.tsx')).DecideDialog });
const DecideDialog = lazy(loadDecide);

/** What a key of the inbox decides. */
export const decisionOfKey: Readonly<Record<string, StageDecision>> = {
  a: 'APPROVE',
  p: 'APPROVE_WITH_PUNCHLIST',
  r: 'REJECT',
};

export interface Deciding {
  readonly open: (stage: DecidableStage, decision: StageDecision) => void;
  /** To be rendered where the page likes. */
  readonly dialog: ReactNode;
}

/** The dialog for decisions of a page; it stays open whatever becomes of the list behind it. */
export function useDecide(onDecided?: (stage: DecidableStage) => void): Deciding {
  const [deciding, setDeciding] = useState<{ stage: DecidableStage; decision: StageDecision } | null>(null);
  const close = () => setDeciding(null);
  return {
    open: (stage, decision) => setDeciding({ stage, decision }),
    dialog: deciding !== null && (
      <Suspense>
        <DecideDialog
          key={deciding.stage.stageId}
          {...deciding}
          onClose={close}
          onDecided={() => {
            close();
            onDecided?.(deciding.stage);
          }}
        />
      </Suspense>
    ),
  };
}
