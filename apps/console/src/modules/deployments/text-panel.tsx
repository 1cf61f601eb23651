import { Panel } from '../../ui/panel.tsx';

export interface TextPanelProps {
  readonly title: string;
  readonly lines: readonly string[];
  /** One paragraph instead of a list. */
  readonly isMessage?: boolean;
}

/** A part of a report that is sentences, each of them once and in its own lines; absent when there is nothing to say. */
export function TextPanel({ title, lines, isMessage = false }: TextPanelProps) {
  if (lines.length === 0) return null;
  const shown = [...new Set(lines)];
  return (
    <Panel title={title}>
      {isMessage ? (
        shown.map((line) => (
          <p key={line} className="text-sm break-words whitespace-pre-line">
            {line}
          </p>
        ))
      ) : (
        <ul className="list-disc pl-5 text-sm break-words whitespace-pre-line">
          {shown.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
