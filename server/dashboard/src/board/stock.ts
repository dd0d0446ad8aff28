// How the stock is shown: variants under their product, and which of them run low.
import type { StockRow } from './types';

export interface ProductStock {
  product: number;
  keyword: string;
  name: string;
  price: number;
  variants: StockRow[];
}

export type Level = 'fine' | 'low' | 'out';

/** Low = at most 2 left, or at most a fifth of what is physically there. */
export function level(row: StockRow): Level {
  if (row.available <= 0) return 'out';
  return row.available <= 2 || row.available * 5 <= row.on_hand ? 'low' : 'fine';
}

/** In the order in which the server lists them. */
export function byProduct(rows: StockRow[]): ProductStock[] {
  const products = new Map<number, ProductStock>();
  for (const row of rows) {
    const { product, keyword, name, price } = row;
    const known = products.get(product);
    if (known === undefined) {
      products.set(product, { product, keyword, name, price, variants: [row] });
    } else {
      known.variants.push(row);
    }
  }
  return [...products.values()];
}
