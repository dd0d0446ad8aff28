// One key per wish until the server has decided it: who taps twice, or again after a dead line,
// asks for the same thing once.
export class Keys {
  #open = new Map<string, string>();
  #make: () => string;

  constructor(make: () => string) {
    this.#make = make;
  }

  /** The key of a wish: the address and what it says. */
  of(path: string, body: unknown): string {
    const wish = `${path} ${JSON.stringify(body ?? {})}`;
    const known = this.#open.get(wish);
    if (known !== undefined) return known;
    const made = this.#make();
    this.#open.set(wish, made);
    return made;
  }

  /** The server decided: the next such wish is a new one. */
  decided(path: string, body: unknown): void {
    this.#open.delete(`${path} ${JSON.stringify(body ?? {})}`);
  }
}
