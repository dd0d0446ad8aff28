import { describe, expect, it } from 'vitest';
import { byProduct, level } from './stock';
import type { StockRow } from './types';

function row(variant: number, product: number, available: number, on_hand: number): StockRow {
  const rest = {
    keyword: `P${product}`,
    name: 'x',
    label: '',
    price: 1,
    blocked: 0,
    held: 0,
    photo: null,
    sold: 2,
    waiting: 1,
    waiting_people: 1,
  };
  return { variant, product, available, on_hand, committed: on_hand - available, ...rest };
}

describe('stock', () => {
  it('runs low at two left or at a fifth', () => {
    expect(level(row(1, 1, 0, 10))).toBe('out');
    expect(level(row(1, 1, 2, 10))).toBe('low');
    expect(level(row(1, 1, 3, 10))).toBe('fine');
    expect(level(row(1, 1, 20, 100))).toBe('low');
    expect(level(row(1, 1, 21, 100))).toBe('fine');
  });

  it('keeps variants of one product together, in the server’s order', () => {
    const groups = byProduct([row(1, 7, 1, 1), row(2, 3, 1, 1), row(3, 7, 1, 1)]);
    expect(groups.map((g) => [g.product, g.variants.map((v) => v.variant)])).toEqual([
      [7, [1, 3]],
      [3, [2]],
    ]);
  });

  it('adds up what a product has, never below nothing', () => {
    const [one] = byProduct([row(1, 7, 4, 6), row(2, 7, -1, 3)]);
    expect(one).toMatchObject({ available: 4, sold: 4, waiting: 2, waiting_people: 2 });
  });
});
