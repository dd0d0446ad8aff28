// Keeps the board fed: the socket when it works, polling while it does not.
//
//   start → GET /api/v1/board → /ws?after=SEQ ⇄ (down: poll every 5 s, jittered back-off) …
//
// Knows no page and no global: everything it touches is in `Surroundings`, so that a test can
// play the network and the clock.
import type { Board, Frame } from './types';

/**
 * connecting: nothing yet · live: the socket brings frames · polling: the socket is down and
 * reads succeed · offline: reads fail too · signed_out: the server does not know this browser.
 */
export type LinkState = 'connecting' | 'live' | 'polling' | 'offline' | 'signed_out';

export interface Surroundings {
  openSocket: (path: string) => WebSocket;
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  setTimeout: (run: () => void, ms: number) => number;
  clearTimeout: (timer: number) => void;
  /** 0 ≤ x < 1. */
  random: () => number;
}

export interface Listener {
  frame: (frame: Frame) => void;
  state: (state: LinkState) => void;
  /** The sequence to resume from. */
  after: () => number;
}

export const POLL_MS = 5_000;
const READ_LIMIT_MS = 10_000;
/** Pings come every 10 s: two missed and the socket is dead, whatever it says of itself. */
export const SILENCE_MS = 25_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;

export class Link {
  #around: Surroundings;
  #to: Listener;
  #socket: WebSocket | null = null;
  #state: LinkState = 'connecting';
  #failures = 0;
  #reading = false;
  #stopped = false;
  #timers = { retry: 0, poll: 0, silence: 0 };

  constructor(around: Surroundings, to: Listener) {
    this.#around = around;
    this.#to = to;
  }

  /** Reads the board once, then opens the socket behind it. */
  async start(): Promise<void> {
    await this.#read();
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    for (const name of ['retry', 'poll', 'silence'] as const) this.#cancel(name);
    this.#drop();
  }

  /** The phone woke up or found its network again: do not sit out the back-off. */
  hurry(): void {
    if (this.#stopped || this.#socket !== null) return;
    this.#failures = 0;
    this.#connect();
  }

  /** Something was done that no socket will tell: read now, not at the next poll. */
  look(): void {
    if (!this.#stopped && this.#state !== 'live') void this.#poll();
  }

  #connect(): void {
    if (this.#stopped || this.#socket !== null) return;
    this.#cancel('retry');
    const socket = this.#around.openSocket(`/ws?after=${this.#to.after()}`);
    this.#socket = socket;
    this.#listenForSilence();
    socket.onmessage = (message) => this.#heard(socket, message.data);
    socket.onclose = () => this.#lost(socket);
    socket.onerror = () => this.#lost(socket);
  }

  #heard(socket: WebSocket, data: unknown): void {
    if (socket !== this.#socket) return;
    const frame = parse(data);
    if (frame === null) return;
    this.#failures = 0;
    this.#cancel('poll');
    this.#listenForSilence();
    this.#to.frame(frame);
    this.#become('live');
  }

  #lost(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#drop();
    if (this.#stopped) return;
    this.#cancel('silence');
    this.#failures += 1;
    this.#later('retry', backOff(this.#failures, this.#around.random()), () => this.#connect());
    if (this.#timers.poll === 0) void this.#poll();
  }

  async #poll(): Promise<void> {
    this.#cancel('poll');
    await this.#read();
    if (this.#stopped || this.#state === 'live') return;
    this.#later('poll', POLL_MS, () => void this.#poll());
  }

  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    const limit = new AbortController();
    const timer = this.#around.setTimeout(() => limit.abort(), READ_LIMIT_MS);
    try {
      const answer = await this.#around.fetch('/api/v1/board', {
        headers: { accept: 'application/json' },
        signal: limit.signal,
      });
      if (this.#stopped) return;
      if (answer.status === 401) {
        this.#become('signed_out');
        this.stop();
        return;
      }
      if (!answer.ok) throw new Error(`board answered ${answer.status}`);
      const board = (await answer.json()) as Board;
      if (this.#stopped) return;
      this.#to.frame({ ...board, type: 'snapshot', reason: 'poll' });
      if (this.#state !== 'live') this.#become('polling');
    } catch {
      if (!this.#stopped && this.#state !== 'live') this.#become('offline');
    } finally {
      this.#around.clearTimeout(timer);
      this.#reading = false;
    }
  }

  #listenForSilence(): void {
    const socket = this.#socket;
    this.#later('silence', SILENCE_MS, () => {
      if (socket !== null) this.#lost(socket);
    });
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (this.#state === 'live') this.#become('connecting');
    socket?.close();
  }

  #become(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#to.state(state);
  }

  #later(name: 'retry' | 'poll' | 'silence', ms: number, run: () => void): void {
    this.#cancel(name);
    this.#timers[name] = this.#around.setTimeout(() => {
      this.#timers[name] = 0;
      run();
    }, ms);
  }

  #cancel(name: 'retry' | 'poll' | 'silence'): void {
    if (this.#timers[name] !== 0) this.#around.clearTimeout(this.#timers[name]);
    this.#timers[name] = 0;
  }
}

/**
 * Milliseconds before the n-th try in a row (n ≥ 1): doubles to 15 s, and half of it is chance,
 * so that a thousand boards do not come back in the same second after a restart.
 */
export function backOff(failures: number, random: number): number {
  const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10));
  return whole / 2 + (whole / 2) * random;
}

function parse(data: unknown): Frame | null {
  if (typeof data !== 'string') return null;
  try {
    const frame = JSON.parse(data) as Frame;
    // A newer server may speak of things this page does not know yet.
    return ['snapshot', 'rows', 'ping'].includes(frame.type) ? frame : null;
  } catch {
    return null;
  }
}
