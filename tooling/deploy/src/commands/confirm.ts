import inquirerConfirm from '@inquirer/confirm';

/** Asks on the terminal; no is the default, and what Ctrl-C means. */
export async function confirm(message: string): Promise<boolean> {
  try {
    return await inquirerConfirm({ message, default: false });
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return false;
    throw error;
  }
}
