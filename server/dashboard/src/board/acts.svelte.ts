// What she asks of the shop from the board. Nothing is shown as done before the server said so:
// a button waits, and a refusal stands at the thumb in the server's own words.
import { Keys } from '../desk/keys';
import { pause, persist } from '../desk/persist';
import type { Problem } from '../desk/types';
import { newKey, put, undecided, type Answer } from '../desk/wire';
import { tongue } from '../words/language.svelte';
import { store } from './board.svelte';
import { say } from './words/words.svelte';

/** How long a button goes on waiting for the row that shows what was done. */
const ROW_MS = 1_500;

export interface Trouble {
  /** What she wanted, in her words: the button's. */
  what: string;
  /** What the server said; null: nobody answered. `photo`: the picture could not be read. */
  problem: Problem | 'photo' | null;
}

class Acts {
  #busy = $state.raw<ReadonlySet<string>>(new Set());
  trouble = $state.raw<Trouble | null>(null);
  /** What went wrong, as a sentence; null while nothing did. */
  said = $derived.by(() => {
    if (this.trouble === null) return null;
    const { problem } = this.trouble;
    if (problem === null) return say.words.trouble.lost;
    if (problem === 'photo') return say.words.trouble.photo;
    return tongue.current === 'en' ? (problem.title_en ?? problem.title) : problem.title;
  });
  #keys = new Keys(newKey);

  /** Whether this wish, or any of these addresses, is under way. */
  busy(path: string): boolean {
    return this.#busy.has(path);
  }

  /** Brings a command; one at a time per address. True once it is done. */
  async wish(what: string, path: string, body: unknown = null): Promise<boolean> {
    return this.#during(what, path, async () => {
      const key = this.#keys.of(path, body);
      const answer = await persist((at, init) => fetch(at, init), pause, path, key, body);
      if (!undecided(answer)) this.#keys.decided(path, body);
      return answer;
    });
  }

  /** Puts the picture of a product. */
  async photo(what: string, product: number, picture: () => Promise<Blob>): Promise<boolean> {
    const path = `/api/v1/products/${product}/photo`;
    return this.#during(what, path, async () => {
      const blob = await picture().catch(() => null);
      if (blob === null) return 'photo';
      return put((at, init) => fetch(at, init), path, newKey(), blob);
    });
  }

  async #during(
    what: string,
    path: string,
    run: () => Promise<Answer<unknown> | 'photo'>,
  ): Promise<boolean> {
    if (this.#busy.has(path)) return false;
    this.#busy = new Set([...this.#busy, path]);
    this.trouble = null;
    const { seq } = store;
    const answer = await run();
    if (answer === 'photo') this.trouble = { what, problem: answer };
    else if (!answer.ok) this.trouble = { what, problem: answer.problem };
    else await store.next(seq, ROW_MS);
    this.#busy = new Set([...this.#busy].filter((one) => one !== path));
    return answer !== 'photo' && answer.ok;
  }
}

export const acts = new Acts();
