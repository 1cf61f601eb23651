/** A piece of running text; names of code are set apart, and a mark says at a glance how something went. */
export type Piece =
  | string
  | { code: string }
  | { strong: string }
  | { mark: 'good' | 'bad' | 'caution'; text: string };

/** Running text; a list of pieces follows one another without a gap. */
export type Text = string | readonly Piece[];

export interface Column {
  head: string;
  /** Figures stand to the right, digit under digit. */
  figures?: boolean;
}

export interface Table {
  kind: 'table';
  caption: string;
  /** The first one names what the row is about. */
  columns: readonly Column[];
  rows: readonly (readonly (Text | null)[])[];
  /** What stands in its place until somebody asks for it: the table is long, or of little interest. */
  folded?: string;
}

/** One thing of a timeline; both times in milliseconds, the first one from the timeline's beginning. */
export interface Bar {
  name: string;
  how: 'good' | 'bad';
  /** What `how` says in a word, where that is not plain. */
  result: string;
  startMs: number;
  durationMs: number;
  text: Text;
}

/** What happened when: drawn where that is possible, a table elsewhere. */
export interface Timeline {
  kind: 'timeline';
  caption: string;
  /** What one bar stands for, and what its text says of it. */
  of: string;
  says: string;
  bars: readonly Bar[];
  limit: { name: string; ms: number } | null;
}

export type Block =
  | { kind: 'paragraph'; text: Text }
  /** Lines of a message, as they stand. */
  | { kind: 'message'; text: string }
  | { kind: 'list'; items: readonly Text[] }
  | Table
  | Timeline;

export interface Section {
  title: string;
  blocks: readonly Block[];
}

/** How a run ended, in a sentence or two for whoever is woken by it. */
export interface Verdict {
  /** How it looks from afar: all is well, nothing was done, somebody must decide, it failed, it is an emergency. */
  tone: 'good' | 'quiet' | 'caution' | 'bad' | 'alarm';
  title: string;
  /** Where the target stands now, and why. */
  sentence: Text;
  next: Text;
}

/** A report for people, before it becomes HTML or Markdown. */
export interface ReportDocument {
  /** `Deployed: production, 20261122T210310Z-3fa9b1`. */
  title: string;
  verdict: Verdict;
  facts: readonly (readonly [name: string, value: Text])[];
  sections: readonly Section[];
}
