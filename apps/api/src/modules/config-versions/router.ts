import {
  ActivateConfigVersion,
  CompareConfigVersions,
  ConfigComparison,
  ConfigFindingCounts,
  ConfigFindingPage,
  ConfigRowPage,
  ConfigVersionDetails,
  ConfigVersionPage,
  ConfigVersionRef,
  Document,
  ImportConfigVersion,
  ImportProgressRef,
  ListConfigFindings,
  ListConfigRows,
  ListConfigVersions,
  RollbackConfigVersion,
  versionTransitions,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { activateConfigVersion } from './activate-config-version.ts';
import { archiveConfigVersion } from './archive-config-version.ts';
import { compareConfigVersions } from './compare-config-versions.ts';
import { countConfigFindings } from './count-config-findings.ts';
import { discardConfigVersion } from './discard-config-version.ts';
import { exportConfigVersion } from './export-config-version.ts';
import { getConfigVersion } from './get-config-version.ts';
import { importConfigVersion } from './import-config-version.ts';
import { listConfigFindings } from './list-config-findings.ts';
import { listConfigRows } from './list-config-rows.ts';
import { listConfigVersions } from './list-config-versions.ts';
import { rollbackConfigVersion } from './rollback-config-version.ts';
import { watchImport } from './watch-import.ts';

export const configVersionsRouter = router({
  import: permit('config.import')
    .meta(rest('POST', '/config-versions', 'Import an uploaded workbook as a DRAFT'))
    .input(ImportConfigVersion)
    .output(ConfigVersionDetails)
    .mutation(({ ctx, input }) => importConfigVersion(ctx, input)),

  importProgress: permit('config.read')
    .input(ImportProgressRef)
    .subscription(({ ctx, input, signal = new AbortController().signal }) => watchImport(ctx, input, signal)),

  get: permit('config.read')
    .meta(
      rest(
        'GET',
        '/config-versions/{configVersionId}',
        'One config version, what it holds and how valid it is',
      ),
    )
    .input(ConfigVersionRef)
    .output(ConfigVersionDetails)
    .query(({ ctx, input }) => getConfigVersion(ctx, input)),

  list: permit('config.read')
    .meta(rest('GET', '/config-versions', 'Config versions, the newest first'))
    .input(ListConfigVersions)
    .output(ConfigVersionPage)
    .query(({ ctx, input }) => listConfigVersions(ctx, input)),

  findings: permit('config.read')
    .meta(
      rest('GET', '/config-versions/{configVersionId}/findings', 'What is wrong or odd in a config version'),
    )
    .input(ListConfigFindings)
    .output(ConfigFindingPage)
    .query(({ ctx, input }) => listConfigFindings(ctx, input)),

  findingCounts: permit('config.read')
    .meta(
      rest(
        'GET',
        '/config-versions/{configVersionId}/finding-counts',
        'How many findings of which kind a config version has',
      ),
    )
    .input(ConfigVersionRef)
    .output(ConfigFindingCounts)
    .query(({ ctx, input }) => countConfigFindings(ctx, input)),

  rows: permit('config.read')
    .meta(
      rest('GET', '/config-versions/{configVersionId}/rows/{kind}', 'Rows of one table of a config version'),
    )
    .input(ListConfigRows)
    .output(ConfigRowPage)
    .query(({ ctx, input }) => listConfigRows(ctx, input)),

  compare: permit('config.read')
    .meta(
      rest(
        'GET',
        '/config-versions/{fromVersionId}/differences/{toVersionId}',
        'Two config versions, row by row',
      ),
    )
    .input(CompareConfigVersions)
    .output(ConfigComparison)
    .query(({ ctx, input }) => compareConfigVersions(ctx, input)),

  export: permit('config.import')
    .meta(rest('POST', '/config-versions/{configVersionId}/export', 'Make a document of a config version'))
    .input(ConfigVersionRef)
    .output(Document)
    .mutation(({ ctx, input }) => exportConfigVersion(ctx, input)),

  activate: permit(versionTransitions.activate.permission)
    .meta(rest('POST', '/config-versions/{configVersionId}/activate', 'Route new workflows by a DRAFT'))
    .input(ActivateConfigVersion)
    .output(ConfigVersionDetails)
    .mutation(({ ctx, input }) => activateConfigVersion(ctx, input)),

  rollback: permit(versionTransitions.rollback.permission)
    .meta(
      rest(
        'POST',
        '/config-versions/{configVersionId}/rollback',
        'Make the rows of an earlier version ACTIVE again',
      ),
    )
    .input(RollbackConfigVersion)
    .output(ConfigVersionDetails)
    .mutation(({ ctx, input }) => rollbackConfigVersion(ctx, input)),

  archive: permit(versionTransitions.archive.permission)
    .meta(rest('POST', '/config-versions/{configVersionId}/archive', 'End a SUPERSEDED config version'))
    .input(ConfigVersionRef)
    .output(ConfigVersionDetails)
    .mutation(({ ctx, input }) => archiveConfigVersion(ctx, input)),

  discard: permit(versionTransitions.discard.permission)
    .meta(rest('DELETE', '/config-versions/{configVersionId}', 'Delete a DRAFT with all its rows'))
    .input(ConfigVersionRef)
    .output(ConfigVersionRef)
    .mutation(({ ctx, input }) => discardConfigVersion(ctx, input)),
});
