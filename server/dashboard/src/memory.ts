// What a browser keeps between visits. A private window may refuse, and then the page simply
// forgets.

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`livepay.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`livepay.${key}`, value);
  } catch {
    // Nothing to do: the choice lasts as long as the page.
  }
}
