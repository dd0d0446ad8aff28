// The parts of the board that grow minute by minute, put together from what changed.
import type { Board, Curve, Pace } from './types';

/** Older pace says nothing about when something will be sold out. */
const PACE_MS = 15 * 60_000;

/** What a board shows before anything was told about it. */
export function bare(): Pick<Board, 'ended' | 'curve' | 'showings' | 'present' | 'todo'> {
  return {
    ended: null,
    curve: { minutes: [], pace: [] },
    showings: [],
    present: [],
    todo: { total: 0, items: [] },
  };
}

/** Minutes by their instant, pace by instant and product: the newer row replaces the older. */
export function mergeCurve(old: Curve, changed: Partial<Curve>): Curve {
  const { minutes = [], pace = [] } = changed;
  if (minutes.length === 0 && pace.length === 0) return old;
  return {
    minutes: merge(old.minutes, minutes, (row) => String(instant(row))),
    pace: young(merge(old.pace, pace, (row) => `${instant(row)} ${row.product}`)),
  };
}

function merge<T extends { minute: string }>(old: T[], changed: T[], key: (row: T) => string): T[] {
  if (changed.length === 0) return old;
  const rows = new Map(old.map((row) => [key(row), row]));
  for (const row of changed) rows.set(key(row), row);
  return [...rows.values()].sort((a, b) => instant(a) - instant(b));
}

function young(pace: Pace[]): Pace[] {
  const newest = pace.at(-1);
  if (newest === undefined) return pace;
  const from = instant(newest) - PACE_MS;
  return pace.filter((row) => instant(row) > from);
}

function instant(row: { minute: string }): number {
  return Date.parse(row.minute);
}
