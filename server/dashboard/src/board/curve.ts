// The live minute by minute as something to draw: bins that fit the width, the peak, and the
// places of the markers. Pure; times in ms.
import type { Minute, Showing } from './types';

const MINUTE_MS = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60];
/** A showing explains a peak for so long. */
const EXPLAINS_MS = 5 * MINUTE_MS;

export interface Bin {
  /** Its first instant. */
  at: number;
  orders: number;
  payments: number;
  amount: number;
  /** Held up in it, in order. */
  shown: string[];
}

export interface Bins {
  /** Minutes per bin. */
  step: number;
  bins: Bin[];
  /** The tallest of both counts, at least 1. */
  top: number;
}

/** `from` ≤ `to`; at most `most` bins (as far as an hour per bin does it). */
export function bins(
  minutes: Minute[],
  showings: Showing[],
  from: number,
  to: number,
  most: number,
): Bins {
  const first = floor(Math.min(from, ...minutes.map((row) => Date.parse(row.minute))), 1);
  const last = floor(Math.max(to, ...minutes.map((row) => Date.parse(row.minute))), 1);
  const length = (last - first) / MINUTE_MS + 1;
  const step = STEPS.find((one) => Math.ceil(length / one) <= most) ?? 60;
  const count = Math.ceil(length / step);
  const made: Bin[] = Array.from({ length: count }, (_, i) => ({
    at: first + i * step * MINUTE_MS,
    orders: 0,
    payments: 0,
    amount: 0,
    shown: [],
  }));
  const of = (at: number): Bin | undefined => made[Math.floor((at - first) / (step * MINUTE_MS))];
  for (const row of minutes) {
    const bin = of(Date.parse(row.minute));
    if (bin === undefined) continue;
    bin.orders += row.orders;
    bin.payments += row.payments;
    bin.amount += row.amount;
  }
  for (const one of showings) of(Date.parse(one.at))?.shown.push(one.keyword);
  const top = made.reduce((all, bin) => Math.max(all, bin.orders, bin.payments), 1);
  return { step, bins: made, top };
}

export interface Peak {
  at: number;
  orders: number;
  /** Held up at most five minutes before its end, the last. */
  shown: string | null;
}

/** The minute with the most orders, the first of several; nothing under two orders. */
export function peak(minutes: Minute[], showings: Showing[]): Peak | null {
  let best: Minute | null = null;
  for (const row of minutes) {
    if (row.orders < 2) continue;
    if (best === null || row.orders > best.orders) best = row;
  }
  if (best === null) return null;
  const at = Date.parse(best.minute);
  const end = at + MINUTE_MS;
  const before = showings.filter((one) => {
    const shown = Date.parse(one.at);
    return shown < end && shown >= end - EXPLAINS_MS;
  });
  return { at, orders: best.orders, shown: before.at(-1)?.keyword ?? null };
}

export interface Mark {
  x: number;
  /** Where its word begins. */
  start: number;
  keyword: string;
  /** The row its word stands in, from 0; null where no row had room. */
  row: number | null;
}

/** Words of markers side by side in `rows` rows; the newest first, for they matter most. */
export function marks(
  showings: Showing[],
  x: (at: number) => number,
  width: number,
  rows: number,
  letter = 9,
): Mark[] {
  const taken = Array.from({ length: rows }, () => width + 1);
  return [...showings].reverse().map((one) => {
    const at = x(Date.parse(one.at));
    const long = one.keyword.length * letter + 8;
    const start = Math.min(at, width - long);
    const row = taken.findIndex((edge) => start + long <= edge);
    if (row >= 0) taken[row] = start;
    return { x: at, start, keyword: one.keyword, row: row < 0 ? null : row };
  });
}

/** `0, 5, 10` for a scale up to 10: at most three lines, whole numbers. */
export function scale(top: number): number[] {
  if (top <= 2) return top <= 1 ? [0, 1] : [0, 1, 2];
  const half = Math.ceil(top / 2);
  return [0, half, half * 2];
}

function floor(at: number, minutes: number): number {
  return Math.floor(at / (minutes * MINUTE_MS)) * minutes * MINUTE_MS;
}
