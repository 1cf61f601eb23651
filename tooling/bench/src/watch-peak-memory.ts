import { readFileSync } from 'node:fs';

const INTERVAL_MS = 50;

/** Follows a process's own high-water mark of resident memory (VmHWM, Linux) until stopped; what its children hold is not in it. */
export function watchPeakMemory(pid: number | undefined): { stop(): number } {
  let peakBytes = 0;
  const look = () => {
    peakBytes = Math.max(peakBytes, readPeak(pid));
  };
  const timer = setInterval(look, INTERVAL_MS);
  return {
    stop() {
      clearInterval(timer);
      return peakBytes;
    },
  };
}

/** Zero for a process that is gone and on systems without /proc. */
function readPeak(pid: number | undefined): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
