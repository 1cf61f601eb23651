import type { DeploymentReport } from '@apms/validators';
import type { Block } from '../document.ts';

/** What the gate decided, and why; a mere GO is among the facts. */
export function decisionBlocks({ decision, reasons, acceptedHold }: DeploymentReport): Block[] {
  if (decision === null || decision === 'GO') return [];
  const accepted = acceptedHold === null ? '' : `, accepted: ${acceptedHold}`;
  return [
    { kind: 'paragraph', text: [{ strong: decision }, accepted] },
    ...(reasons.length === 0 ? [] : [{ kind: 'list', items: reasons } as const]),
  ];
}
