import type { ConfigVersion } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import { useWorkspace } from '../../session/use-workspace.ts';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { useVersionName } from './use-version-name.ts';

/** The way to a version, by its name. */
export function VersionLink({
  version,
}: {
  readonly version: Pick<ConfigVersion, 'id' | 'sourceType' | 'versionNumber'>;
}) {
  const { workspace } = useWorkspace();
  const versionName = useVersionName();
  return (
    <Link
      to="/w/$workspaceCode/configuration/$configVersionId"
      params={{ workspaceCode: workspace.code, configVersionId: version.id }}
      className={textLinkLook}
    >
      {versionName(version)}
    </Link>
  );
}
