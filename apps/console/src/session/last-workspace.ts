const KEY = 'apms.workspace';

/** The code of the workspace that was open last on this device, if that is known. */
export function readLastWorkspace(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function keepLastWorkspace(code: string): void {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // A browser that keeps nothing begins with the first workspace.
  }
}
