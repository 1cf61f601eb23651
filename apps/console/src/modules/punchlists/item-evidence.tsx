import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '../../session/use-workspace.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { DocumentButtons } from '../documents/document-buttons.tsx';

/** The document that shows a defect mended. */
export function ItemEvidence({ documentId }: { readonly documentId: string }) {
  const { trpc } = useWorkspace();
  const { data, error } = useQuery(trpc.documents.get.queryOptions({ documentId }));
  if (error !== null) return <ErrorNote error={error} />;
  if (data === undefined) return null;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span className="min-w-0 break-all">{data.name}</span>
      <DocumentButtons documentId={documentId} name={data.name} mediaType={data.mediaType} />
    </span>
  );
}
