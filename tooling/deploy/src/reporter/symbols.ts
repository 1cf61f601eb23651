/** The marks of a display; each has a shape of its own, so that colour only repeats what it says. */
export interface Symbols {
  done: string;
  failed: string;
  warning: string;
  note: string;
  filled: string;
  empty: string;
  ellipsis: string;
  /** The pictures of a spinner. */
  spinner: string;
}

const UNICODE: Symbols = {
  done: '✓',
  failed: '✗',
  warning: '!',
  note: '·',
  filled: '█',
  empty: '░',
  ellipsis: '…',
  spinner: '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏',
};

const ASCII: Symbols = {
  done: '+',
  failed: 'x',
  warning: '!',
  note: '-',
  filled: '#',
  empty: '.',
  ellipsis: '~',
  spinner: '|/-\\',
};

/**
 * The marks that a terminal with that environment can show: ASCII where a locale is named and is not UTF-8, and on the
 * Linux console. Where none is named, as in a container, whoever reads the log has an encoding of their own.
 */
export function symbolsFor({ LC_ALL, LC_CTYPE, LANG, TERM }: NodeJS.ProcessEnv): Symbols {
  const locale = LC_ALL || LC_CTYPE || LANG;
  if (TERM === 'linux') return ASCII;
  return locale === undefined || locale === '' || /utf-?8/i.test(locale) ? UNICODE : ASCII;
}
