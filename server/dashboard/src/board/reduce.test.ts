import { describe, expect, it } from 'vitest';
import { EMPTY, KEPT_ORDERS, reduce } from './reduce';
import { BOARD, FIGURES, order, stock } from './sample';
import { newest, split } from './stream';
import type { Board, SnapshotFrame } from './types';

function snapshot(reason: SnapshotFrame['reason'], more: Partial<Board> = {}): SnapshotFrame {
  return { ...BOARD, ...more, type: 'snapshot', reason };
}

const shown = reduce(EMPTY, snapshot('first'));

describe('snapshot', () => {
  it('fills an empty page, newest order first, and says where to resume', () => {
    expect(shown.board?.orders.map((row) => row.order)).toEqual([2, 1]);
    expect(shown.seq).toBe(100);
    expect(shown.asOf).toBe(BOARD.at);
    expect(shown.board).not.toHaveProperty('type');
  });

  it('of the socket always wins, even with a lower sequence', () => {
    expect(reduce(shown, snapshot('too_far_behind', { seq: 5, orders: [] })).seq).toBe(5);
  });

  it('of a poll that came back late is dropped', () => {
    expect(reduce(shown, snapshot('poll', { seq: 99, orders: [] }))).toBe(shown);
    expect(reduce(shown, snapshot('poll', { seq: 101, orders: [] })).board?.orders).toEqual([]);
  });
});

describe('rows', () => {
  const paid = order(1, 103, { state: 'confirmed', paid_at: '2026-11-21T14:32:01Z' });
  const frame = {
    type: 'rows',
    seq: 103,
    at: '2026-11-21T14:32:01Z',
    figures: { ...FIGURES, orders: 3, paid: 1, collected: 15000 },
    stock: [stock(2, 3)],
    orders: [paid, order(3, 102)],
  } as const;

  it('change in place, add on top, and leave the rest untouched', () => {
    const next = reduce(shown, { ...frame, stock: [...frame.stock], orders: [...frame.orders] });
    expect(next.board?.orders.map((row) => [row.order, row.state])).toEqual([
      [3, 'held'],
      [2, 'held'],
      [1, 'confirmed'],
    ]);
    expect(next.board?.orders[1]).toBe(shown.board?.orders[0]);
    expect(next.board?.stock.map((row) => row.available)).toEqual([10, 3]);
    expect(next.board?.figures.collected).toBe(15000);
    expect(next.board?.live).toBe(shown.board?.live);
    expect(next.seq).toBe(103);
  });

  it('do not change the state they are given', () => {
    const before = structuredClone(shown);
    reduce(shown, { ...frame, stock: [...frame.stock], orders: [...frame.orders] });
    expect(shown).toEqual(before);
  });

  it('already seen are dropped whole', () => {
    const again = { ...frame, seq: 100, stock: [stock(1, 0)], orders: [] };
    expect(reduce(shown, again)).toBe(shown);
  });

  it('cannot put an older state of one order over a newer one', () => {
    const stale = { type: 'rows', seq: 101, at: BOARD.at, orders: [order(2, 95, { total: 1 })] };
    expect(reduce(shown, stale as never).board?.orders[0]?.total).toBe(15000);
  });

  it('end a live with null, and keep it when the frame is silent', () => {
    const silent = reduce(shown, { type: 'rows', seq: 101, at: BOARD.at });
    expect(silent.board?.live?.id).toBe(1);
    expect(reduce(silent, { type: 'rows', seq: 102, at: BOARD.at, live: null }).board?.live).toBe(
      null,
    );
  });

  it('keep every part they are silent about, and never take null for an empty list', () => {
    const minute = { minute: '2026-11-21T14:31:00Z', orders: 2, payments: 1, amount: 15000 };
    const full = reduce(EMPTY, snapshot('first', {
      curve: { minutes: [minute], pace: [] },
      showings: [{ at: '2026-11-21T14:31:10Z', product: 1, keyword: 'ROBE1' }],
      todo: { total: 1, items: [] },
    }));
    const next = reduce(full, {
      type: 'rows',
      seq: 101,
      at: BOARD.at,
      showings: null,
      present: null,
      todo: null,
      curve: { pace: [{ minute: '2026-11-21T14:31:00Z', product: 1, units: 3 }] },
    });
    expect(next.board?.showings).toBe(full.board?.showings);
    expect(next.board?.todo).toBe(full.board?.todo);
    expect(next.board?.curve.minutes).toBe(full.board?.curve.minutes);
    expect(next.board?.curve.pace).toHaveLength(1);
  });

  it('keep the curve of a live that ends, and begin a new live with an empty one', () => {
    const minute = { minute: '2026-11-21T14:31:00Z', orders: 2, payments: 1, amount: 15000 };
    const full = reduce(EMPTY, snapshot('first', { curve: { minutes: [minute], pace: [] } }));
    const ended = {
      id: 1,
      title: 'Live',
      started_at: '2026-11-21T14:00:00Z',
      finished_at: '2026-11-21T15:00:00Z',
      state: 'ended',
      by_itself: false,
      undo_until: null,
    } as const;
    const over = reduce(full, { type: 'rows', seq: 101, at: BOARD.at, live: null, ended });
    expect(over.board?.curve.minutes).toHaveLength(1);
    const live = { ...BOARD.live!, id: 2 };
    const again = reduce(over, { type: 'rows', seq: 102, at: BOARD.at, live });
    expect(again.board?.curve.minutes).toEqual([]);
    expect(again.board?.ended).toBe(null);
    const back = reduce(over, { type: 'rows', seq: 102, at: BOARD.at, live: BOARD.live });
    expect(back.board?.curve.minutes).toHaveLength(1);
  });

  it('without a board are ignored', () => {
    expect(reduce(EMPTY, { type: 'rows', seq: 1, at: BOARD.at })).toBe(EMPTY);
  });

  it('never grow the list without end', () => {
    const many = Array.from({ length: KEPT_ORDERS + 50 }, (_, i) => order(i + 10, 200));
    const next = reduce(shown, { type: 'rows', seq: 200, at: BOARD.at, orders: many });
    expect(next.board?.orders).toHaveLength(KEPT_ORDERS);
    expect(next.board?.orders[0]?.order).toBe(KEPT_ORDERS + 59);
  });
});

describe('ping', () => {
  it('renews the age of the data when nothing is missing', () => {
    const next = reduce(shown, { type: 'ping', at: '2026-11-21T14:32:10Z', seq: 100 });
    expect(next.asOf).toBe('2026-11-21T14:32:10Z');
    expect(next.board).toBe(shown.board);
  });

  it('ahead of us does not move the place to resume from', () => {
    const next = reduce(shown, { type: 'ping', at: '2026-11-21T14:32:10Z', seq: 107 });
    expect(next.seq).toBe(100);
  });

  it('from before what is shown does not make the page older', () => {
    const next = reduce(shown, { type: 'ping', at: '2026-11-21T14:31:00Z', seq: 100 });
    expect(next.asOf).toBe(BOARD.at);
  });
});

describe('the stream', () => {
  const orders = [order(5, 5), order(4, 4), order(3, 3)];

  it('holds new orders back while someone reads further down', () => {
    expect(split(orders, 3, true)).toEqual({ shown: [orders[2]], waiting: 2 });
    expect(split(orders, 3, false)).toEqual({ shown: orders, waiting: 0 });
    expect(newest(orders)).toBe(5);
    expect(newest([])).toBe(0);
  });
});
