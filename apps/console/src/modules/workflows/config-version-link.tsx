import type { WorkflowTimeline } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { textLinkLook } from '../../ui/text-link-look.ts';

/** The configuration that a workflow is frozen to. */
export function ConfigVersionLink({
  configVersion,
}: {
  readonly configVersion: Pick<WorkflowTimeline['configVersion'], 'id' | 'versionNumber'>;
}) {
  const t = useTranslations('workflows');
  const { workspace } = useWorkspace();
  return (
    <Link
      to="/w/$workspaceCode/configuration/$configVersionId"
      params={{ workspaceCode: workspace.code, configVersionId: configVersion.id }}
      className={textLinkLook}
    >
      {t('version', { number: configVersion.versionNumber })}
    </Link>
  );
}
