/** How the library says that there was no answer. */
const NO = new Set(['ExitPromptError', 'AbortPromptError']);

/** Asks on the terminal; no is the default, and what Ctrl-C and an aborted signal mean. */
export async function confirm(message: string, signal: AbortSignal): Promise<boolean> {
  // Loaded only where somebody is asked.
  const { default: ask } = await import('@inquirer/confirm');
  try {
    return await ask({ message, default: false }, { signal });
  } catch (error) {
    if (error instanceof Error && NO.has(error.name)) return false;
    throw error;
  }
}
