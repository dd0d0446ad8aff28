// The board's memory as the components see it: what was heard, how good the link is, what time
// the server has.
import { recall, remember } from '../memory';
import { tongue } from '../words/language.svelte';
import { chime, unlock } from './chime';
import { offset, quality, STALE_AFTER_MS } from './freshness';
import { EMPTY, reduce, type BoardState } from './reduce';
import { Link, type LinkState } from './socket';
import type { Frame } from './types';

class Store {
  #state = $state.raw<BoardState>(EMPTY);
  #link = $state<LinkState>('connecting');
  #offset: number | null = null;
  #heardAt = Date.now();
  #silentMs = $state(0);
  /** The server's time in ms, moved on every second. */
  now = $state(Date.now());
  sound = $state(recall('sound') === 'on');

  board = $derived(this.#state.board);
  asOf = $derived(this.#state.asOf);
  quality = $derived(quality(this.#link, this.#silentMs));
  signedOut = $derived(this.#link === 'signed_out');
  unreachable = $derived(this.#link === 'offline' && this.#state.board === null);
  age = $derived(this.asOf === null ? 0 : Math.max(0, this.now - Date.parse(this.asOf)));
  stale = $derived(this.age > STALE_AFTER_MS);

  start(): void {
    const link = new Link(
      {
        openSocket: (path) => new WebSocket(new URL(path, location.href.replace(/^http/, 'ws'))),
        fetch: (path, init) => fetch(path, init),
        setTimeout: (run, ms) => window.setTimeout(run, ms),
        clearTimeout: (timer) => window.clearTimeout(timer),
        random: () => Math.random(),
      },
      {
        frame: (frame) => this.#hear(frame),
        state: (state) => {
          this.#link = state;
          this.#tick();
        },
        after: () => this.#state.seq,
      },
    );
    void link.start();
    window.setInterval(() => this.#tick(), 1_000);
    window.addEventListener('online', () => link.hurry());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') link.hurry();
    });
  }

  toggleSound(): void {
    this.sound = !this.sound;
    remember('sound', this.sound ? 'on' : 'off');
    if (this.sound) {
      unlock();
      chime();
    }
  }

  #hear(frame: Frame): void {
    const before = this.#state.board?.figures.paid;
    this.#heardAt = Date.now();
    this.#offset = offset(this.#offset, frame.at, this.#heardAt, frame.type !== 'rows');
    this.#state = reduce(this.#state, frame);
    this.#tick();
    const { board } = this.#state;
    if (board === null) return;
    tongue.suggest(board.shop.language);
    if (this.sound && before !== undefined && board.figures.paid > before) chime();
  }

  #tick(): void {
    const now = Date.now();
    this.now = now + (this.#offset ?? 0);
    this.#silentMs = now - this.#heardAt;
  }
}

export const store = new Store();
