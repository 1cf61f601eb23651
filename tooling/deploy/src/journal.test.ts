import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJournal, type RunEvent, readJournal, STEPS } from './journal.ts';

const text = fc.string({ unit: 'binary' });
const step = fc.constantFrom(...STEPS);
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({ type: fc.constant('step-started'), step }),
  fc.record({ type: fc.constant('step-failed'), step, durationMs: fc.nat(), code: text, message: text }),
  fc.record({ type: fc.constant('note'), level: fc.constantFrom('info', 'warning'), message: text }),
  fc.record({
    type: fc.constant('intent'),
    action: fc.constantFrom('create-scratch', 'commit', 'swap'),
    object: text,
  }),
  fc.record({ type: fc.constant('completed'), action: text, object: text }),
  fc.record({
    type: fc.constant('run-finished'),
    outcome: text,
    exitCode: fc.nat(6),
    message: text,
    complete: fc.boolean(),
  }),
);
const events = fc.array(event, { maxLength: 8 });

describe('a journal', () => {
  let directory: string;
  let files = 0;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'apms-journal-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  function write(all: readonly RunEvent[]): string {
    files += 1;
    const file = join(directory, String(files), 'journal.jsonl');
    const journal = openJournal(file);
    for (const each of all) journal.append(each);
    journal.close();
    return file;
  }

  const withoutPosition = (file: string) => readJournal(file).map(({ seq: _seq, at: _at, ...each }) => each);

  it('gives back every event, numbered, one a line', () => {
    fc.assert(
      fc.property(events, (all) => {
        const file = write(all);
        expect(withoutPosition(file)).toEqual(all);
        expect(readJournal(file).map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
        expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(all.length + 1);
      }),
    );
  });

  it('cut off at any byte gives back every event whose line is whole', () => {
    fc.assert(
      fc.property(events, fc.nat(), (all, at) => {
        const file = write(all);
        const bytes = readFileSync(file);
        const length = at % (bytes.length + 1);
        truncateSync(file, length);
        const whole = bytes.subarray(0, length).filter((byte) => byte === 0x0a).length;
        expect(withoutPosition(file)).toEqual(all.slice(0, whole));
      }),
    );
  });

  it('is on disk when append returns', () => {
    const file = join(directory, 'open', 'journal.jsonl');
    const journal = openJournal(file);
    journal.append({ type: 'step-started', step: 'plan' });
    expect(withoutPosition(file)).toEqual([{ type: 'step-started', step: 'plan' }]);
    journal.close();
  });

  it('is never written over', () => {
    const file = write([{ type: 'step-started', step: 'plan' }]);
    expect(() => openJournal(file)).toThrow('EEXIST');
    expect(readJournal(file)).toHaveLength(1);
  });

  it('refuses a whole line that is none of its events', () => {
    const file = write([{ type: 'step-started', step: 'plan' }]);
    appendFileSync(file, '{"seq":2,"at":"2026-01-01T00:00:00Z","type":"something-else"}\n');
    expect(() => readJournal(file)).toThrow('invalid_union');
  });
});
