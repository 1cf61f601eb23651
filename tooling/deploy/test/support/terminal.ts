import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Terminal as Emulator } from '@xterm/headless';
import { execa } from 'execa';

const PTY = join(import.meta.dirname, 'open-pty.py');

/** Whether this machine has what opens a terminal without native code of our own. */
export const hasPty = spawnSync('python3', ['-c', 'import pty']).status === 0;

const PATIENCE_MS = 60_000;

export const CTRL_C = '\u0003';

/** A program at work in a terminal, as a person sees and uses it. */
export interface Terminal {
  /** Presses keys. */
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** Closes the window, or loses the connection. */
  hangUp(): void;
  /** What is on the screen now, and above it, without trailing space. */
  screen(): Promise<string>;
  /** Everything the program wrote, escape sequences too. */
  readonly written: string;
  /** Waits until the screen shows it. */
  shows(text: string | RegExp): Promise<void>;
  /** The exit code; 128 and the signal where one ended it. */
  readonly ended: Promise<number>;
}

export interface TerminalOptions {
  cwd: string;
  env: Record<string, string | undefined>;
  columns?: number;
  rows?: number;
}

/** Starts a program in a terminal of its own. */
export function openTerminal(
  [file, ...args]: [string, ...string[]],
  { cwd, env, columns = 80, rows = 24 }: TerminalOptions,
): Terminal {
  const emulator = new Emulator({ cols: columns, rows, scrollback: 1_000, allowProposedApi: true });
  const pty = execa('python3', [PTY, String(columns), String(rows), file, ...args], {
    cwd,
    env: { ...env, TERM: env['TERM'] === 'dumb' ? 'dumb' : 'xterm-256color' },
    extendEnv: false,
    encoding: 'buffer',
    reject: false,
  });
  let written = '';
  pty.stdout.on('data', (chunk: Buffer) => {
    written += chunk.toString();
    emulator.write(chunk);
  });
  const tell = (command: object) => pty.stdin.write(`${JSON.stringify(command)}\n`);
  const screen = async () => {
    await new Promise<void>((resolve) => emulator.write('', resolve));
    const { active } = emulator.buffer;
    return Array.from(
      { length: active.length },
      (_, line) => active.getLine(line)?.translateToString(true) ?? '',
    )
      .join('\n')
      .trimEnd();
  };
  return {
    type: (text) => void tell({ type: text }),
    resize(newColumns, newRows) {
      emulator.resize(newColumns, newRows);
      tell({ resize: [newColumns, newRows] });
    },
    hangUp: () => void pty.stdin.end(),
    screen,
    get written() {
      return written;
    },
    async shows(text) {
      const deadline = performance.now() + PATIENCE_MS;
      for (;;) {
        const shown = await screen();
        if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) return;
        if (performance.now() > deadline) throw new Error(`The screen does not show ${text}:\n${shown}`);
        await sleep(20);
      }
    },
    ended: pty.then(({ exitCode }) => exitCode ?? -1),
  };
}
