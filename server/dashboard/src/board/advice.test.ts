import { describe, expect, it } from 'vitest';
import { advice, perOrder } from './advice';
import { BOARD, order, stock } from './sample';
import type { Board, Present } from './types';

const NOW = Date.parse('2026-11-21T14:50:30Z');
const at = (minute: number): string => `2026-11-21T14:${String(minute).padStart(2, '0')}:00Z`;

function minute(n: number, orders: number): Board['curve']['minutes'][number] {
  return { minute: at(n), orders, payments: 0, amount: 0 };
}

const QUIET: Board = {
  ...BOARD,
  orders: [],
  stock: [
    stock(1, 8, { on_hand: 20 }),
    stock(2, 6, { product: 2, keyword: 'SAC2', sold: 3 }),
    stock(3, 20, { product: 3, keyword: 'FOULARD' }),
  ],
};
const AWA: Present = { client_id: 'c4', client: 'Awa', tier: 'gold', at: at(48) };

describe('advice', () => {
  it('is silent with nothing to say, on a break and without a live', () => {
    expect(advice(QUIET, NOW)).toEqual([]);
    expect(advice({ ...QUIET, present: [AWA], live: null }, NOW)).toEqual([]);
    const paused = { ...QUIET.live!, state: 'paused' as const };
    expect(advice({ ...QUIET, present: [AWA], live: paused }, NOW)).toEqual([]);
  });

  it('sees a stock-out coming, in orders of their usual size', () => {
    const two = { keyword: 'ROBE1', name: 'Robe', label: '', quantity: 2, amount: 30000 };
    const board: Board = {
      ...QUIET,
      orders: [order(2, 2, { lines: [two] }), order(1, 1, { lines: [two] })],
      curve: { minutes: [], pace: [{ minute: at(45), product: 1, units: 10 }] },
    };
    expect(advice(board, NOW)).toEqual([
      {
        kind: 'stock_out',
        product: 1,
        keyword: 'ROBE1',
        orders: 4,
        from: 4,
        to: 13,
        available: 8,
        units: 10,
      },
    ]);
  });

  it('knows what is worth holding up again: it brought orders, rested, and is there', () => {
    const showings = [
      { at: at(10), product: 1, keyword: 'ROBE1' },
      { at: at(20), product: 2, keyword: 'SAC2' },
      { at: at(30), product: 3, keyword: 'FOULARD' },
    ];
    const curve = { minutes: [minute(10, 4), minute(11, 5), minute(21, 3)], pace: [] };
    const board: Board = { ...QUIET, showings, curve };
    expect(advice(board, NOW)[0]).toMatchObject({ kind: 'show_again', keyword: 'ROBE1', orders: 9 });
    const just = [...showings, { at: at(49), product: 1, keyword: 'ROBE1' }];
    expect(advice({ ...board, showings: just }, NOW)[0]).toMatchObject({ keyword: 'SAC2' });
    const gone = { ...board, stock: [stock(1, 2), ...QUIET.stock.slice(1)] };
    expect(advice(gone, NOW)[0]).toMatchObject({ keyword: 'SAC2' });
  });

  it('does not credit a showing with the orders after the next one', () => {
    const showings = [
      { at: at(20), product: 1, keyword: 'ROBE1' },
      { at: at(21), product: 2, keyword: 'SAC2' },
    ];
    const curve = { minutes: [minute(20, 1), minute(21, 6)], pace: [] };
    const [first] = advice({ ...QUIET, showings, curve }, NOW);
    expect(first).toMatchObject({ kind: 'show_again', keyword: 'SAC2', orders: 6 });
  });

  it('says who of the loyal is there and what sells best of what is left', () => {
    expect(advice({ ...QUIET, present: [AWA] }, NOW)).toEqual([
      { kind: 'loyal', people: [AWA], product: 2, keyword: 'SAC2', sold: 3 },
    ]);
  });

  it('remembers the full shelf that nobody has seen', () => {
    const showings = [{ at: at(45), product: 1, keyword: 'ROBE1' }];
    expect(advice({ ...QUIET, showings }, NOW)).toEqual([
      { kind: 'never_shown', product: 3, keyword: 'FOULARD', available: 20 },
    ]);
  });

  it('counts units per order, one where nothing is known', () => {
    expect(perOrder([], 'ROBE1')).toBe(1);
    expect(perOrder([order(1, 1)], 'SAC2')).toBe(1);
  });
});
