import { Panel } from '../../ui/panel.tsx';

export interface TextPanelProps {
  readonly title: string;
  readonly lines: readonly string[];
  /** Messages of tools keep their own lines. */
  readonly isMessage?: boolean;
}

/** A part of a report that is sentences; absent when there is nothing to say. */
export function TextPanel({ title, lines, isMessage = false }: TextPanelProps) {
  if (lines.length === 0) return null;
  return (
    <Panel title={title}>
      {isMessage ? (
        lines.map((line) => (
          <p key={line} className="text-sm break-words whitespace-pre-line">
            {line}
          </p>
        ))
      ) : (
        <ul className="list-disc pl-5 text-sm break-words">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
