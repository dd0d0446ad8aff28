// When a product will be sold out if it goes on as in the last ten minutes. A few orders say
// little, so the answer is a range: the 80 % interval of a Poisson count.
import type { Pace } from './types';

export type Outlook =
  | { kind: 'out' }
  /** Too few units to say anything. */
  | { kind: 'calm'; units: number }
  /** Minutes from now, whole, `from ≤ to`. */
  | { kind: 'range'; units: number; from: number; to: number };

export const WINDOW_MIN = 10;
const MINUTE_MS = 60_000;
const CALM_BELOW = 3;
/** One in ten lies beyond on either side. */
const Z = 1.2816;

/** `available` over all variants; `now` and `since` (the live's start, if any) in ms. */
export function outlook(
  pace: Pace[],
  product: number,
  available: number,
  now: number,
  since: number | null,
): Outlook {
  if (available <= 0) return { kind: 'out' };
  const { units, minutes } = recent(pace, product, now, since);
  if (units < CALM_BELOW) return { kind: 'calm', units };
  const [few, many] = interval(units);
  const from = Math.floor((available * minutes) / many);
  const to = Math.max(1, Math.ceil((available * minutes) / few));
  return { kind: 'range', units, from, to };
}

/** Units of whole minutes of the last ten, and how many minutes that is (2 to 10). */
export function recent(
  pace: Pace[],
  product: number,
  now: number,
  since: number | null,
): { units: number; minutes: number } {
  const thisMinute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const from = Math.max(thisMinute - (WINDOW_MIN - 1) * MINUTE_MS, floorMinute(since ?? 0));
  const units = pace
    .filter((row) => row.product === product && Date.parse(row.minute) >= from)
    .reduce((sum, row) => sum + row.units, 0);
  const start = Math.max(from, since ?? 0);
  const minutes = Math.min(WINDOW_MIN, Math.max(2, (now - start) / MINUTE_MS));
  return { units, minutes };
}

/** The 80 % interval of the mean of a Poisson count of `n` ≥ 1 (exact form, χ² approximated). */
export function interval(n: number): [number, number] {
  return [chiSquared(-Z, 2 * n) / 2, chiSquared(Z, 2 * n + 2) / 2];
}

/** Wilson–Hilferty: the quantile of χ² with `k` degrees at the normal quantile `z`. */
function chiSquared(z: number, k: number): number {
  const part = 2 / (9 * k);
  return k * (1 - part + z * Math.sqrt(part)) ** 3;
}

function floorMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
