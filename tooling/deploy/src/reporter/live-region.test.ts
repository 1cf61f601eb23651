import { PassThrough } from 'node:stream';
import { Terminal } from '@xterm/headless';
import { expect, test } from 'vitest';
import { liveRegion } from './live-region.ts';

/** A terminal that reflows what it shows when its width changes, as most do. */
function openScreen(columns: number) {
  const emulator = new Terminal({ cols: columns, rows: 12, allowProposedApi: true, convertEol: true });
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns, rows: 12 });
  const region = liveRegion(terminal);
  const settle = async () => {
    const written = terminal.read();
    await new Promise<void>((resolve) => emulator.write(written ?? '', resolve));
  };
  return {
    region,
    settle,
    async resize(width: number) {
      await settle();
      emulator.resize(width, 12);
      terminal.columns = width;
      terminal.emit('resize');
    },
    async lines() {
      await settle();
      const { active } = emulator.buffer;
      const all = Array.from({ length: active.length }, (_, line) => active.getLine(line));
      return all.map((line) => line?.translateToString(true) ?? '').filter((line) => line !== '');
    },
  };
}

const WIDE = ['backup', `dumping ${'x'.repeat(31)}`, `hashing ${'y'.repeat(31)}`];

test('what is printed goes above the lines, which stay the last', async () => {
  const { region, lines } = openScreen(40);
  region.draw(WIDE);
  region.print('a note');
  region.draw(WIDE);
  expect(await lines()).toEqual(['a note', ...WIDE]);
  region.clear();
  expect(await lines()).toEqual(['a note']);
});

test('fewer lines than before leave none behind', async () => {
  const { region, lines } = openScreen(40);
  region.draw(WIDE);
  region.draw(['backup']);
  expect(await lines()).toEqual(['backup']);
});

test.each([[20], [14], [80]])('from 40 columns to %d, nothing of the old lines remains', async (width) => {
  const { region, resize, lines } = openScreen(40);
  region.print('before');
  region.draw(WIDE);
  await resize(width);
  region.draw(['backup', 'dumping']);
  expect(await lines()).toEqual(['before', 'backup', 'dumping']);
});
