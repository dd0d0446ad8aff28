import { describe, expect, it } from 'vitest';
import { interval, outlook, recent } from './pace';
import type { Pace } from './types';

const NOW = Date.parse('2026-11-21T15:00:30Z');

function pace(minutesAgo: number, units: number, product = 1): Pace {
  const minute = new Date(Math.floor(NOW / 60_000) * 60_000 - minutesAgo * 60_000).toISOString();
  return { minute, product, units };
}

describe('the pace of a product', () => {
  it('has the interval that the tables of the Poisson law give', () => {
    for (const [n, low, high] of [
      [3, 1.102, 6.681],
      [10, 6.221, 15.407],
      [30, 23.23, 38.315],
    ] as const) {
      expect(interval(n)[0]).toBeCloseTo(low, 1);
      expect(interval(n)[1]).toBeCloseTo(high, 1);
    }
  });

  it('counts the last ten minutes and no older ones, of this product alone', () => {
    const rows = [pace(12, 50), pace(10, 7), pace(9, 2), pace(0, 3), pace(1, 9, 2)];
    const got = recent(rows, 1, NOW, null);
    expect(got.units).toBe(5);
    expect(got.minutes).toBeCloseTo(9.5);
  });

  it('counts a young live by its own length, two minutes at least', () => {
    expect(recent([pace(1, 4)], 1, NOW, NOW - 4 * 60_000).minutes).toBeCloseTo(4);
    expect(recent([pace(0, 4)], 1, NOW, NOW - 10_000).minutes).toBe(2);
  });
});

describe('the outlook', () => {
  it('is a range that narrows with more orders', () => {
    const few = outlook([pace(3, 3)], 1, 12, NOW, null);
    const many = outlook([pace(3, 15), pace(5, 15)], 1, 120, NOW, null);
    expect(few).toEqual({ kind: 'range', units: 3, from: 17, to: 104 });
    expect(many).toEqual({ kind: 'range', units: 30, from: 29, to: 50 });
  });

  it('says calm under three units, and out where none is free', () => {
    expect(outlook([pace(3, 2)], 1, 12, NOW, null)).toEqual({ kind: 'calm', units: 2 });
    expect(outlook([pace(3, 20)], 1, 0, NOW, null)).toEqual({ kind: 'out' });
  });

  it('never ends before it begins', () => {
    const soon = outlook([pace(0, 60)], 1, 1, NOW, NOW - 60_000);
    expect(soon).toEqual({ kind: 'range', units: 60, from: 0, to: 1 });
  });
});
