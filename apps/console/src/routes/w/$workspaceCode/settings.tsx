import { createFileRoute } from '@tanstack/react-router';
import { SettingsPage } from '../../../modules/settings/settings-page.tsx';
import { requirePermission } from '../../../session/enter-workspace.ts';

export const Route = createFileRoute('/w/$workspaceCode/settings')({
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'settings.read'),
  loader: ({ context: { api } }) =>
    api.queryClient.ensureQueryData(api.trpc.workspaceSettings.get.queryOptions()),
  component: SettingsPage,
});
