import type { StageAction } from '@apms/validators';
import { DocumentButtons } from './document-buttons.tsx';

/** The files that came with a decision, those of a defect under its code. */
export function ActionDocuments({ documents }: Pick<StageAction, 'documents'>) {
  return documents.map(({ documentId, name, mediaType, itemCode }) => (
    <p key={`${documentId} ${itemCode}`} className="flex flex-wrap items-center gap-2">
      <span className="min-w-0 break-words">
        {itemCode === null ? '' : `${itemCode}: `}
        {name}
      </span>
      <DocumentButtons documentId={documentId} name={name} mediaType={mediaType} />
    </p>
  ));
}
