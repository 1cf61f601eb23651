import { Progress } from '@base-ui/react/progress';

export interface ProgressBarProps {
  /** What is under way. */
  readonly label: string;
  /** How much of `max` is done; null while nobody knows. */
  readonly value: number | null;
  readonly max: number;
  /** How far it is, in words: "12 of 40 rows". */
  readonly text: string;
}

/** How far something is that takes its time. */
export function ProgressBar({ label, value, max, text }: ProgressBarProps) {
  return (
    <Progress.Root
      value={value}
      max={max}
      getAriaValueText={() => text}
      className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 text-sm"
    >
      <Progress.Label className="min-w-0 truncate font-medium">{label}</Progress.Label>
      <span aria-hidden className="text-quiet tabular-nums">
        {text}
      </span>
      <Progress.Track className="col-span-2 h-2 overflow-hidden rounded-full bg-raised">
        <Progress.Indicator
          className={`h-full rounded-full bg-accent transition-[width] ${value === null ? 'w-full animate-pulse' : ''}`}
        />
      </Progress.Track>
    </Progress.Root>
  );
}
