import inquirerConfirm from '@inquirer/confirm';

/** Asks on the terminal; no is the default. */
export async function confirm(message: string): Promise<boolean> {
  return inquirerConfirm({ message, default: false });
}
