// Reads the summary of a live, again and again until it is final.
import { read, type Answer, type Fetch } from '../desk/wire';
import type { Summaries, WholeCurve } from './types';

const ask: Fetch = (path, init) => fetch(path, init);
const SOON_MS = 5_000;
/** A fresh summary turns final a day later: somebody may leave the page open. */
const LATER_MS = 60_000;

export class Loaded {
  summaries = $state.raw<Summaries | null>(null);
  curve = $state.raw<WholeCurve | null>(null);
  /** The last read failed: what stands there may be old. */
  stale = $state(false);
  gone = $state(false);
  #live: number;
  #timer = 0;
  #closed = false;

  constructor(live: number) {
    this.#live = live;
  }

  open(): () => void {
    void this.#again();
    return () => {
      this.#closed = true;
      window.clearTimeout(this.#timer);
    };
  }

  async #again(): Promise<void> {
    const at = `/api/v1/lives/${this.#live}`;
    const [summaries, curve] = await Promise.all([
      read<Summaries>(ask, `${at}/summary`, null),
      read<WholeCurve>(ask, `${at}/curve`, null),
    ]);
    if (this.#closed) return;
    this.gone = missing(summaries);
    if (this.gone) return;
    this.stale = !summaries.ok || !curve.ok;
    if (summaries.ok) this.summaries = summaries.value;
    if (curve.ok) this.curve = curve.value;
    const calm = !this.stale && (this.summaries?.hot ?? this.summaries?.settled ?? null) !== null;
    this.#timer = window.setTimeout(() => void this.#again(), calm ? LATER_MS : SOON_MS);
  }
}

function missing<T>(answer: Answer<T>): boolean {
  return !answer.ok && answer.problem?.status === 404;
}
