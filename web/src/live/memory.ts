// What this browser remembers of the listener's settings. A browser that forbids it is no error.

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`harmonic.${name}`);
  } catch {
    return null;
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`harmonic.${name}`);
  } catch {
    // What cannot be kept is not there.
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`harmonic.${name}`, value);
  } catch {
    // Private windows and full disks: the setting then lasts as long as the page.
  }
}
