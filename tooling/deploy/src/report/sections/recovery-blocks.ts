import type { DeploymentReport } from '@apms/validators';
import type { Block } from '../document.ts';

/** Whose end of the run this is, where its own process did not come to it. */
export function recoveryBlocks({ recovered }: DeploymentReport): Block[] {
  if (recovered === null) return [];
  const { during, by } = recovered;
  const when = during === null ? 'between two steps' : `during the step ${during}`;
  return [
    {
      kind: 'paragraph',
      text: `The run’s own process ended without a word ${when}. ${by} recovered it; what it had found out and not written down is missing here.`,
    },
  ];
}
