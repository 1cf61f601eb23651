import { useFormatter } from 'use-intl';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size in bytes as people say it: `byteSize(4_200_000)` is "4.2 MB". */
export function useByteSize(): (bytes: number) => string {
  const formatter = useFormatter();
  return (bytes) => {
    const exponent = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
    return formatter.number(bytes / 1_000 ** exponent, {
      style: 'unit',
      unit: units[exponent] ?? 'byte',
      unitDisplay: exponent === 0 ? 'long' : 'short',
      maximumFractionDigits: 1,
    });
  };
}
