// The board's memory as the components see it: what was heard, how good the link is, what time
// the server has.
import { recall, remember } from '../memory';
import { tongue } from '../words/language.svelte';
import { chime, signals, unlock, type Signal } from './chime';
import { offset, quality, STALE_AFTER_MS } from './freshness';
import { EMPTY, reduce, type BoardState } from './reduce';
import { Link, type LinkState } from './socket';
import type { Frame } from './types';

/** When to look for what was just done while no socket tells. */
const LOOKS_MS = [250, 900, 2_000];

class Store {
  #state = $state.raw<BoardState>(EMPTY);
  #link = $state<LinkState>('connecting');
  #offset: number | null = null;
  #heardAt = Date.now();
  #silentMs = $state(0);
  /** The server's time in ms, moved on every second. */
  now = $state(Date.now());
  signal = $state<Signal>(signals.find((one) => one === recall('signal')) ?? 'off');
  #line: Link | null = null;
  #waiting: { seq: number; done: () => void }[] = [];

  board = $derived(this.#state.board);
  seq = $derived(this.#state.seq);
  asOf = $derived(this.#state.asOf);
  quality = $derived(quality(this.#link, this.#silentMs));
  signedOut = $derived(this.#link === 'signed_out');
  unreachable = $derived(this.#link === 'offline' && this.#state.board === null);
  age = $derived(this.asOf === null ? 0 : Math.max(0, this.now - Date.parse(this.asOf)));
  stale = $derived(this.age > STALE_AFTER_MS);
  /** The same in steps of ten seconds, for what need not be counted every second. */
  soon = $derived(Math.floor(this.now / 10_000) * 10_000);

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
    this.#line = link;
    void link.start();
    window.setInterval(() => this.#tick(), 1_000);
    // Sound stays locked until she has touched the page once.
    window.addEventListener('pointerdown', () => {
      if (this.signal === 'sound') unlock();
    });
    window.addEventListener('online', () => link.hurry());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') link.hurry();
    });
  }

  /** The next way of saying that money came: nothing, a buzz, a buzz with a sound. */
  nextSignal(): void {
    this.signal = signals[(signals.indexOf(this.signal) + 1) % signals.length] ?? 'off';
    remember('signal', this.signal);
    if (this.signal === 'sound') unlock();
    chime(this.signal);
  }

  /** Waits for rows newer than `seq`, `ms` at most; asks for them where no socket tells. */
  next(seq: number, ms: number): Promise<void> {
    if (this.#state.seq > seq) return Promise.resolve();
    const look = (): void => {
      if (this.#state.seq <= seq) this.#line?.look();
    };
    // What was just done reaches the board's tables a moment later.
    for (const after of LOOKS_MS) window.setTimeout(look, after);
    return new Promise((done) => {
      this.#waiting.push({ seq, done });
      window.setTimeout(done, ms);
    });
  }

  #hear(frame: Frame): void {
    const before = this.#state.board?.figures.paid;
    this.#heardAt = Date.now();
    this.#offset = offset(this.#offset, frame.at, this.#heardAt, frame.type !== 'rows');
    this.#state = reduce(this.#state, frame);
    this.#waiting = this.#waiting.filter((one) => {
      if (this.#state.seq > one.seq) one.done();
      return this.#state.seq <= one.seq;
    });
    this.#tick();
    const { board } = this.#state;
    if (board === null) return;
    tongue.suggest(board.shop.language);
    if (before !== undefined && board.figures.paid > before) chime(this.signal);
  }

  #tick(): void {
    const now = Date.now();
    this.now = now + (this.#offset ?? 0);
    this.#silentMs = now - this.#heardAt;
  }
}

export const store = new Store();
