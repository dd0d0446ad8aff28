// The wire of `GET /api/v1/board` and `/ws`, word for word. Money is an integer count of the
// currency's minor unit, times are RFC 3339 in UTC.

export interface Shop {
  id: string;
  name: string;
  currency: string;
  /** IANA time zone; every time on the page is shown in it. */
  zone: string;
  language: string;
}

export interface Live {
  id: number;
  title: string;
  state: 'scheduled' | 'live' | 'paused' | 'closing' | 'ended' | 'settled';
  started_at: string | null;
}

export interface Figures {
  orders: number;
  paid: number;
  open: number;
  collected: number;
}

/** One variant; `available = on_hand − held − committed − blocked`. */
export interface StockRow {
  variant: number;
  product: number;
  keyword: string;
  name: string;
  label: string;
  price: number;
  on_hand: number;
  held: number;
  committed: number;
  blocked: number;
  available: number;
}

export type OrderState =
  | 'wished'
  | 'offered'
  | 'held'
  | 'paying'
  | 'confirmed'
  | 'owed'
  | 'choosing'
  | 'waiting'
  | 'expired'
  | 'cancelled';

/** What waits for the vendor's hand, in numbers: `GET /api/v1/desk`. */
export interface Waiting {
  refunds: number;
  refunds_amount: number;
  overdue: number;
  cancellations: number;
}

export interface OrderLine {
  keyword: string;
  name: string;
  label: string;
  quantity: number;
  amount: number;
}

export interface OrderRow {
  order: number;
  client: string;
  state: OrderState;
  lines: OrderLine[];
  total: number;
  placed_at: string;
  deadline: string | null;
  paid_at: string | null;
  method: string | null;
  refund_due: number;
  /** The shop's sequence of the last event that changed this row. */
  seq: number;
}

export interface Board {
  shop: Shop;
  seq: number;
  at: string;
  live: Live | null;
  figures: Figures;
  stock: StockRow[];
  orders: OrderRow[];
}

/** `poll` is ours: the same board, read over HTTP while the socket is down. */
export type SnapshotFrame = Board & {
  type: 'snapshot';
  reason: 'first' | 'too_far_behind' | 'poll';
};

/** Changed rows only. `seq` may jump: one frame may carry several events. */
export interface RowsFrame {
  type: 'rows';
  seq: number;
  at: string;
  live?: Live | null;
  figures?: Figures;
  stock?: StockRow[];
  orders?: OrderRow[];
}

export interface PingFrame {
  type: 'ping';
  at: string;
  seq: number;
}

export type Frame = SnapshotFrame | RowsFrame | PingFrame;
