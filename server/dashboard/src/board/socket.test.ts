import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EMPTY, reduce, type BoardState } from './reduce';
import { backOff, Link, POLL_MS, SILENCE_MS, type LinkState } from './socket';

class FakeSocket {
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;

  constructor(readonly path: string) {}

  close(): void {
    this.closed = true;
  }

  say(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const BOARD = {
  shop: { id: 's', name: 'Chez Awa', currency: 'XOF', zone: 'Africa/Dakar', language: 'fr' },
  seq: 40,
  at: '2026-11-21T14:32:00Z',
  live: null,
  figures: { orders: 0, paid: 0, open: 0, collected: 0 },
  stock: [],
  orders: [],
};

let sockets: FakeSocket[] = [];
let states: LinkState[] = [];
let state: BoardState = EMPTY;
let reads = 0;
let answer: () => Response;
let link: Link;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  states = [];
  state = EMPTY;
  reads = 0;
  answer = () => Response.json(BOARD);
  link = new Link(
    {
      openSocket: (path) => {
        const socket = new FakeSocket(path);
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
      fetch: async () => {
        reads += 1;
        return answer();
      },
      setTimeout: (run, ms) => Number(setTimeout(run, ms)),
      clearTimeout: (timer) => clearTimeout(timer),
      random: () => 0.5,
    },
    {
      frame: (frame) => {
        state = reduce(state, frame);
      },
      state: (now) => states.push(now),
      after: () => state.seq,
    },
  );
});

afterEach(() => {
  link.stop();
  vi.useRealTimers();
});

function ping(seq: number): object {
  return { type: 'ping', at: '2026-11-21T14:32:10Z', seq };
}

describe('the link', () => {
  it('reads the board, then opens the socket right behind it', async () => {
    await link.start();
    expect(sockets.map((socket) => socket.path)).toEqual(['/ws?after=40']);
    expect(states).toEqual(['polling']);
    sockets[0]?.say(ping(40));
    expect(states).toEqual(['polling', 'live']);
  });

  it('resumes after the newest sequence it has seen, not the first', async () => {
    await link.start();
    sockets[0]?.say({ type: 'rows', seq: 57, at: '2026-11-21T14:32:11Z' });
    sockets[0]?.onclose?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sockets.map((socket) => socket.path)).toEqual(['/ws?after=40', '/ws?after=57']);
  });

  it('polls every 5 s while the socket is down, and stops when it is back', async () => {
    await link.start();
    sockets[0]?.say(ping(40));
    sockets[0]?.onclose?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(reads).toBe(2);
    expect(states.at(-1)).toBe('polling');
    await vi.advanceTimersByTimeAsync(POLL_MS);
    expect(reads).toBe(3);
    sockets.at(-1)?.say(ping(40));
    expect(states.at(-1)).toBe('live');
    await vi.advanceTimersByTimeAsync(POLL_MS * 3);
    expect(reads).toBe(3);
  });

  it('reads at once when asked to look, and only while no socket tells', async () => {
    await link.start();
    sockets[0]?.onclose?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(reads).toBe(2);
    link.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(reads).toBe(3);
    sockets[0]?.onclose?.();
    await vi.advanceTimersByTimeAsync(1_000);
    sockets.at(-1)?.say(ping(40));
    link.look();
    await vi.advanceTimersByTimeAsync(POLL_MS * 2);
    expect(reads).toBe(3);
  });

  it('says offline when the board cannot be read either, and heals', async () => {
    answer = () => {
      throw new TypeError('no network');
    };
    await link.start();
    expect(states).toEqual(['offline']);
    sockets[0]?.onerror?.();
    answer = () => Response.json(BOARD);
    await vi.advanceTimersByTimeAsync(POLL_MS);
    expect(states.at(-1)).toBe('polling');
    expect(state.seq).toBe(40);
  });

  it('counts one failure when a socket reports error and close', async () => {
    await link.start();
    sockets[0]?.onerror?.();
    sockets[0]?.onclose?.();
    await vi.advanceTimersByTimeAsync(400);
    expect(sockets).toHaveLength(2);
  });

  it('closes a socket that fell silent and tries again', async () => {
    await link.start();
    sockets[0]?.say(ping(40));
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1);
    expect(sockets[0]?.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(sockets[0]?.closed).toBe(true);
    expect(sockets.length).toBeGreaterThan(1);
    sockets[0]?.say({ type: 'rows', seq: 99, at: '2026-11-21T15:00:00Z' });
    expect(state.seq).toBe(40);
  });

  it('stops for good when the server does not know the browser', async () => {
    answer = () => Response.json({ title: 'Unauthorized' }, { status: 401 });
    await link.start();
    expect(states).toEqual(['signed_out']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(0);
    expect(reads).toBe(1);
  });

  it('skips the back-off when the phone wakes up', async () => {
    await link.start();
    for (let i = 0; i < 6; i += 1) {
      sockets.at(-1)?.onclose?.();
      await vi.advanceTimersByTimeAsync(15_000);
    }
    sockets.at(-1)?.onclose?.();
    const before = sockets.length;
    link.hurry();
    expect(sockets).toHaveLength(before + 1);
    link.hurry();
    expect(sockets).toHaveLength(before + 1);
  });

  it('ignores frames it cannot read', async () => {
    await link.start();
    sockets[0]?.onmessage?.({ data: '{"type":' });
    sockets[0]?.say({ type: 'confetti' });
    sockets[0]?.onmessage?.({ data: new ArrayBuffer(2) });
    expect(states).toEqual(['polling']);
  });
});

describe('back-off', () => {
  it('doubles to a ceiling and is half chance', () => {
    expect(backOff(1, 0)).toBe(250);
    expect(backOff(1, 0.999)).toBeCloseTo(500, 0);
    expect(backOff(3, 0)).toBe(1_000);
    expect(backOff(50, 0)).toBe(7_500);
    expect(backOff(50, 0.999)).toBeLessThan(15_000);
  });
});
