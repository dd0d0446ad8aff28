// Which orders stand in the stream. A list that grows above the thumb makes people tap the
// wrong row, so new orders wait behind a chip while the vendor has scrolled down.
import type { OrderRow } from './types';

export interface Stream {
  shown: OrderRow[];
  waiting: number;
}

/**
 * Splits `orders` (newest first) into what stands and what waits.
 *
 * `seen` is the highest order number already let in; orders above it wait while `reading`.
 */
export function split(orders: OrderRow[], seen: number, reading: boolean): Stream {
  if (!reading) return { shown: orders, waiting: 0 };
  const shown = orders.filter((row) => row.order <= seen);
  return { shown, waiting: orders.length - shown.length };
}

/** The highest order number, 0 for none. */
export function newest(orders: OrderRow[]): number {
  return orders.reduce((top, row) => Math.max(top, row.order), 0);
}
