import { describe, expect, it } from 'vitest';
import { bins, marks, peak, scale } from './curve';
import { mergeCurve } from './merge';
import type { Minute, Showing } from './types';

const T0 = Date.parse('2026-11-21T14:00:00Z');
const iso = (minute: number, seconds = 0): string =>
  new Date(T0 + minute * 60_000 + seconds * 1000).toISOString();

function minute(n: number, orders: number, payments = 0): Minute {
  return { minute: iso(n), orders, payments, amount: payments * 15_000 };
}

function showing(n: number, keyword: string, seconds = 0): Showing {
  return { at: iso(n, seconds), product: 1, keyword };
}

describe('the curve', () => {
  it('has a bin per minute while they fit, quiet minutes too', () => {
    const made = bins([minute(1, 4, 1), minute(3, 2, 3)], [showing(1, 'ROBE1')], T0, T0 + 260_000, 60);
    expect(made.step).toBe(1);
    expect(made.bins.map((bin) => [bin.orders, bin.payments])).toEqual([
      [0, 0],
      [4, 1],
      [0, 0],
      [2, 3],
      [0, 0],
    ]);
    expect(made.top).toBe(4);
    expect(made.bins[1]?.shown).toEqual(['ROBE1']);
  });

  it('puts minutes together when they do not fit, and loses none', () => {
    const all = Array.from({ length: 180 }, (_, i) => minute(i, 1, 1));
    const made = bins(all, [], T0, T0 + 179 * 60_000, 45);
    expect(made.step).toBe(5);
    expect(made.bins).toHaveLength(36);
    expect(made.bins.reduce((sum, bin) => sum + bin.orders, 0)).toBe(180);
    expect(made.bins[0]?.amount).toBe(5 * 15_000);
  });

  it('holds what came before or after its edges: late payments', () => {
    const made = bins([minute(-1, 1), minute(70, 0, 1)], [], T0, T0 + 60 * 60_000, 100);
    expect(made.bins).toHaveLength(72);
    expect(made.bins.at(-1)?.payments).toBe(1);
  });
});

describe('the peak', () => {
  const minutes = [minute(0, 1), minute(2, 6), minute(5, 6), minute(9, 2)];

  it('is the first of the busiest minutes, with what was held up before it', () => {
    const shown = [showing(0, 'SAC2'), showing(2, 'ROBE1', 20), showing(3, 'FOULARD')];
    expect(peak(minutes, shown)).toEqual({ at: T0 + 120_000, orders: 6, shown: 'ROBE1' });
  });

  it('is not explained by what was shown long before', () => {
    expect(peak(minutes, [showing(-30, 'SAC2')])?.shown).toBe(null);
  });

  it('does not exist in a quiet live', () => {
    expect(peak([minute(0, 1), minute(4, 1)], [])).toBe(null);
  });
});

describe('markers', () => {
  it('never overlap: the newer word stands, the older goes to the next row or loses its word', () => {
    const list = [showing(0, 'ROBE1'), showing(1, 'SAC2'), showing(2, 'BIJOU')];
    const made = marks(list, (at) => ((at - T0) / 60_000) * 10, 300, 2);
    expect(made.map((one) => [one.keyword, one.row])).toEqual([
      ['BIJOU', 0],
      ['SAC2', 1],
      ['ROBE1', null],
    ]);
  });

  it('scale to whole numbers', () => {
    expect([1, 2, 3, 7, 10].map(scale)).toEqual([
      [0, 1],
      [0, 1, 2],
      [0, 2, 4],
      [0, 4, 8],
      [0, 5, 10],
    ]);
  });
});

describe('changed minutes', () => {
  it('replace the same minute however it is written, and stand in order', () => {
    const old = { minutes: [minute(0, 1), minute(2, 1)], pace: [] };
    const changed = [{ ...minute(2, 5), minute: '2026-11-21T14:02:00Z' }, minute(1, 3)];
    const next = mergeCurve(old, { minutes: changed });
    expect(next.minutes.map((row) => row.orders)).toEqual([1, 3, 5]);
    expect(mergeCurve(old, {})).toBe(old);
  });

  it('let pace older than a quarter of an hour go', () => {
    const pace = (n: number, product: number): { minute: string; product: number; units: number } => ({
      minute: iso(n),
      product,
      units: n + 1,
    });
    const next = mergeCurve({ minutes: [], pace: [pace(0, 1), pace(4, 1)] }, { pace: [pace(16, 2)] });
    expect(next.pace.map((row) => row.units)).toEqual([5, 17]);
  });
});
