// What a good friend beside the camera would whisper: plain rules over what the board knows, each
// with the numbers it comes from. No rule speaks without enough numbers; at most three speak.
import { outlook } from './pace';
import { byProduct, type ProductStock } from './stock';
import type { Board, OrderRow, Present, Showing } from './types';

const MINUTE_MS = 60_000;
/** A stock-out further away is no news. */
const SOON_MIN = 15;
/** A showing is judged by the orders of so many minutes after it. */
const AFTER_MS = 3 * MINUTE_MS;
/** Held up less long ago, it need not be held up again. */
const RESTED_MS = 15 * MINUTE_MS;
const ENOUGH_ORDERS = 3;
const ENOUGH_FREE = 3;
/** Before this the live is too young to speak of what was never shown. */
const YOUNG_MS = 10 * MINUTE_MS;
const MOST = 3;

export type Idea =
  | {
      kind: 'stock_out';
      product: number;
      keyword: string;
      /** In about so many orders. */
      orders: number;
      from: number;
      to: number;
      available: number;
      units: number;
    }
  | {
      kind: 'show_again';
      product: number;
      keyword: string;
      orders: number;
      /** When it was held up, in ms. */
      at: number;
      available: number;
    }
  | { kind: 'never_shown'; product: number; keyword: string; available: number }
  | {
      kind: 'loyal';
      people: Present[];
      /** What to offer them: the best seller with enough left, if there is one. */
      product: number | null;
      keyword: string | null;
      sold: number;
    };

/** `now` in ms. Nothing while no live is on air. */
export function advice(board: Board, now: number): Idea[] {
  const { live } = board;
  if (live === null || live.state !== 'live' || live.started_at === null) return [];
  const since = Date.parse(live.started_at);
  const products = byProduct(board.stock);
  const ideas = [
    ...runningOut(board, products, now, since),
    ...worthAgain(board, products, now),
    ...loyal(board, products),
    ...neverShown(board, products, now, since),
  ];
  return ideas.slice(0, MOST);
}

/** The product that will be out first, if soon. */
function runningOut(board: Board, products: ProductStock[], now: number, since: number): Idea[] {
  const soon = products.flatMap((item) => {
    const seen = outlook(board.curve.pace, item.product, item.available, now, since);
    if (seen.kind !== 'range' || seen.from > SOON_MIN) return [];
    const { from, to, units } = seen;
    const orders = Math.max(1, Math.round(item.available / perOrder(board.orders, item.keyword)));
    const { product, keyword, available } = item;
    return [{ kind: 'stock_out' as const, product, keyword, orders, from, to, available, units }];
  });
  return soon.sort((a, b) => a.to - b.to).slice(0, 1);
}

/** Units of it in one order, on average over the newest that have it; 1 where none has. */
export function perOrder(orders: OrderRow[], keyword: string): number {
  const counts = orders
    .map((row) => row.lines.filter((line) => line.keyword === keyword))
    .filter((lines) => lines.length > 0)
    .slice(0, 20)
    .map((lines) => lines.reduce((sum, line) => sum + line.quantity, 0));
  if (counts.length === 0) return 1;
  return Math.max(1, counts.reduce((sum, n) => sum + n, 0) / counts.length);
}

/** What brought orders when it was held up, is still there and has rested. */
function worthAgain(board: Board, products: ProductStock[], now: number): Idea[] {
  const last = new Map<number, number>();
  for (const one of board.showings) last.set(one.product, Date.parse(one.at));
  const usual = ordersPerMinute(board, now) * (AFTER_MS / MINUTE_MS);
  const found = board.showings.flatMap((one, i) => {
    const item = products.find((each) => each.product === one.product);
    const rested = now - (last.get(one.product) ?? now) >= RESTED_MS;
    if (item === undefined || !rested || item.product === board.live?.shown) return [];
    const orders = ordersAfter(board, one, board.showings[i + 1]);
    const brought = orders >= ENOUGH_ORDERS && orders >= usual * 1.5;
    if (!brought || item.available < ENOUGH_FREE) return [];
    const { product, keyword, available } = item;
    const at = Date.parse(one.at);
    return [{ kind: 'show_again' as const, product, keyword, orders, at, available }];
  });
  return found.sort((a, b) => b.orders - a.orders).slice(0, 1);
}

/** Orders of the whole minutes after a showing, until the next one or three minutes later. */
function ordersAfter(board: Board, one: Showing, next: Showing | undefined): number {
  const from = Math.floor(Date.parse(one.at) / MINUTE_MS) * MINUTE_MS;
  const until = Math.min(from + AFTER_MS, next === undefined ? Infinity : Date.parse(next.at));
  return board.curve.minutes
    .filter((row) => Date.parse(row.minute) >= from && Date.parse(row.minute) < until)
    .reduce((sum, row) => sum + row.orders, 0);
}

function ordersPerMinute(board: Board, now: number): number {
  const since = Date.parse(board.live?.started_at ?? '');
  const minutes = Math.max(1, (now - since) / MINUTE_MS);
  return board.curve.minutes.reduce((sum, row) => sum + row.orders, 0) / minutes;
}

function loyal(board: Board, products: ProductStock[]): Idea[] {
  if (board.present.length === 0) return [];
  const best = products
    .filter((item) => item.available >= ENOUGH_FREE && item.sold > 0)
    .sort((a, b) => b.sold - a.sold)[0];
  return [
    {
      kind: 'loyal',
      people: board.present,
      product: best?.product ?? null,
      keyword: best?.keyword ?? null,
      sold: best?.sold ?? 0,
    },
  ];
}

/** The fullest shelf nobody has seen, once the live is some minutes old and she marks showings. */
function neverShown(board: Board, products: ProductStock[], now: number, since: number): Idea[] {
  if (now - since < YOUNG_MS || board.showings.length === 0) return [];
  const seen = new Set(board.showings.map((one) => one.product));
  const unseen = products
    .filter((item) => !seen.has(item.product) && item.available >= ENOUGH_FREE)
    .sort((a, b) => b.available - a.available)[0];
  if (unseen === undefined) return [];
  const { product, keyword, available } = unseen;
  return [{ kind: 'never_shown', product, keyword, available }];
}
