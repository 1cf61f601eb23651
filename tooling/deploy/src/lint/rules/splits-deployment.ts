import type { Rule } from '../rule.ts';

/** A statement that runs outside the one transaction, and after which a failure costs more than a rollback. */
export const splitsDeployment: Rule = {
  name: 'splits-deployment',
  acceptable: true,
  check: ({ index }, { splits }) => {
    const split = splits.get(index);
    if (split === undefined) return [];
    const { reason, commitsBefore } = split;
    return [
      {
        severity: 'warning',
        why: commitsBefore
          ? `${reason}: what comes before it in this deployment is committed first. When something fails after that, only the backup brings it back.`
          : `${reason}, and nothing undoes it. When something fails after it, only the backup brings the target back.`,
        rewrite:
          'Put it into a deployment of its own, before or after the others: a new label before its first use, an index on a new table after the table.',
      },
    ];
  },
};
