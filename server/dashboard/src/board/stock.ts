// How the stock is shown: variants under their product, and which of them run low.
import type { StockRow } from './types';

export interface ProductStock {
  product: number;
  keyword: string;
  name: string;
  price: number;
  photo: string | null;
  available: number;
  held: number;
  sold: number;
  waiting: number;
  waiting_people: number;
  variants: StockRow[];
}

export type Level = 'fine' | 'low' | 'out';

/** Low = at most 2 left, or at most a fifth of what is physically there. */
export function level(row: StockRow): Level {
  if (row.available <= 0) return 'out';
  return row.available <= 2 || row.available * 5 <= row.on_hand ? 'low' : 'fine';
}

/** In the order in which the server lists them, with the sums over their variants. */
export function byProduct(rows: StockRow[]): ProductStock[] {
  const products = new Map<number, ProductStock>();
  for (const row of rows) {
    const { product, keyword, name, price, photo } = row;
    let known = products.get(product);
    if (known === undefined) {
      const none = { available: 0, held: 0, sold: 0, waiting: 0, waiting_people: 0 };
      known = { product, keyword, name, price, photo, ...none, variants: [] };
      products.set(product, known);
    }
    known.available += Math.max(0, row.available);
    known.held += row.held;
    known.sold += row.sold;
    known.waiting += row.waiting;
    known.waiting_people += row.waiting_people;
    known.variants.push(row);
  }
  return [...products.values()];
}
