import { createFileRoute, redirect } from '@tanstack/react-router';
import { sections } from '../../../shell/sections.ts';

/** Leads to the first section that the person may open. */
export const Route = createFileRoute('/w/$workspaceCode/')({
  beforeLoad: ({ context: { workspace }, params }) => {
    const first = sections.find(
      ({ permission }) => permission === null || workspace.permissions.includes(permission),
    );
    throw redirect({ to: first?.to ?? '/w/$workspaceCode/account', params, replace: true });
  },
});
