/** Settings of this device. A browser that forbids storage just forgets them. */
export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(`waihu.${name}`);
  } catch {
    return null;
  }
}

export function writeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(`waihu.${name}`, value);
  } catch {
    // Private windows may refuse; the setting lasts until the page closes.
  }
}
