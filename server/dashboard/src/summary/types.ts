// The wire of `GET /api/v1/lives`, `/lives/{live}/summary` and `/curve`. Sums are integers of the
// minor unit, shares thousandths, times RFC 3339 in UTC.
import type { Minute, Showing } from '../board/types';

export interface LiveRow {
  id: number;
  title: string;
  state: 'scheduled' | 'live' | 'paused' | 'closing' | 'ended' | 'settled';
  started_at: string | null;
  finished_at: string | null;
  ended_at: string | null;
}

export interface Lives {
  items: LiveRow[];
  next?: string;
}

export interface Sold {
  product: number;
  keyword: string;
  name: string;
  units: number;
  amount: number;
  photo?: string | null;
}

export interface ProductFigures extends Sold {
  offered: number;
  sell_through: number | null;
  out_at: string | null;
  out_seconds: number;
  lost: number;
}

export type Advice =
  | { kind: 'more_stock'; keyword: string; minutes: number; lost: number }
  | { kind: 'more_payment'; expired: number; resolved: number }
  | { kind: 'show_again'; keyword: string; orders: number }
  | { kind: 'again'; keyword: string; units: number };

export interface Summary {
  live: number;
  title: string;
  started_at: string;
  finished_at: string;
  as_of: string;
  settled: boolean;
  seconds: number;
  placed: number;
  paid: number;
  expired: number;
  cancelled: number;
  open: number;
  conversion: number | null;
  gross: number;
  net: number;
  best: Sold | null;
  products: ProductFigures[];
  new_clients: number;
  returning_clients: number;
  pay_median: number | null;
  pay_p90: number | null;
  peak: { minute: string; orders: number; shown: string | null } | null;
  lost: number;
  advice: Advice | null;
}

export interface Adjustment {
  at: string;
  order: number;
  /** Signed. */
  amount: number;
  kind: 'paid_late' | 'taken_back' | 'given_back';
}

export interface Summaries {
  hot: Summary | null;
  settled: Summary | null;
  adjustments: Adjustment[];
}

export interface WholeCurve {
  minutes: Minute[];
  showings: Showing[];
}
