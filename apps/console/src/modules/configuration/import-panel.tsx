import type { ConfigVersionDetails } from '@apms/validators';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Panel } from '../../ui/panel.tsx';
import { ImportFailure } from './import-failure.tsx';
import { ImportForm } from './import-form.tsx';
import { ImportSteps } from './import-steps.tsx';
import { LeaveImportDialog } from './leave-import-dialog.tsx';
import { useWorkbookImport } from './use-workbook-import.ts';
import { WorkbookDropZone } from './workbook-drop-zone.tsx';

/** From a file on the reader's disk to a new DRAFT. */
export function ImportPanel({
  onImported,
}: {
  readonly onImported: (version: ConfigVersionDetails) => void;
}) {
  const t = useTranslations('configuration.import');
  const [file, setFile] = useState<File | null>(null);
  const { state, start, retry, cancel, reset } = useWorkbookImport();
  const imported = state.phase === 'imported' ? state.version : null;
  // Once nothing keeps people on the page any more.
  useEffect(() => {
    if (imported !== null) onImported(imported);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- told once
  }, [imported]);
  const isBusy = state.phase === 'uploading' || state.phase === 'importing';
  const chooseOther = () => {
    reset();
    setFile(null);
  };
  return (
    <Panel title={t('title')}>
      {file === null && <WorkbookDropZone onChoose={setFile} />}
      {file !== null && state.phase === 'failed' && (
        <ImportFailure
          fileName={file.name}
          during={state.during}
          error={state.error}
          onRetry={retry}
          onChooseOther={chooseOther}
        />
      )}
      {file !== null && isBusy && <ImportSteps fileName={file.name} state={state} onCancel={cancel} />}
      {file !== null && (
        // What was entered stays, whatever becomes of the first attempt.
        <div hidden={state.phase !== 'idle'}>
          <ImportForm file={file} onImport={start} onChooseOther={chooseOther} />
        </div>
      )}
      {isBusy && <LeaveImportDialog phase={state.phase} />}
    </Panel>
  );
}
