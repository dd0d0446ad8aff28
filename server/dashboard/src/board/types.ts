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
  /** The product she holds up now. */
  shown: number | null;
  first_paid: boolean;
  /** Its carts that can still be paid. */
  orders_open: number;
  /** While closing: silence closed it, not she. */
  by_itself?: boolean;
  /** While closing: until then it can be taken back. */
  undo_until?: string | null;
}

/** The newest live that is over, while none is on. */
export interface Ended {
  id: number;
  title: string;
  started_at: string | null;
  finished_at: string | null;
  state: 'ended' | 'settled';
  by_itself: boolean;
  undo_until: string | null;
}

/** Of the live, or of today (UTC) while none is on. */
export interface Figures {
  orders: number;
  paid: number;
  open: number;
  collected: number;
  /** Orders with a method chosen and no money yet. */
  paying: number;
  paying_amount: number;
  expired: number;
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
  photo: string | null;
  /** Units of paid orders of this live, or of today while none is on. */
  sold: number;
  /** Units that the people on its waitlist ask for. */
  waiting: number;
  waiting_people: number;
}

/** One minute of the live; `minute` is its first instant. */
export interface Minute {
  minute: string;
  orders: number;
  payments: number;
  amount: number;
}

/** Units of one product asked for in one minute. */
export interface Pace {
  minute: string;
  product: number;
  units: number;
}

export interface Curve {
  minutes: Minute[];
  /** The last 15 minutes. */
  pace: Pace[];
}

/** She held a product up. */
export interface Showing {
  at: string;
  product: number;
  keyword: string;
}

export type Tier = 'silver' | 'gold' | 'diamond';

/** A loyal client who did something in the last 15 minutes. */
export interface Present {
  client_id: string;
  client: string;
  tier: Tier;
  at: string;
}

export type TodoKind = 'owed' | 'refund' | 'cancellation' | 'paid_late' | 'waitlist';

/** `id` names the refund, the order, or for `waitlist` the product. */
export interface TodoItem {
  kind: TodoKind;
  id: number;
  /** The money at risk. */
  amount: number;
  client?: string;
  order?: number;
  product?: number;
  /** The one of the product that most units are waited for. */
  variant?: number;
  keyword?: string;
  /** How many people wait. */
  count?: number;
  at: string;
}

/** `items` are the three with the most money at risk, most first. */
export interface Todo {
  total: number;
  items: TodoItem[];
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
  /** The live in which it was placed. */
  live: number | null;
  /** The shop's sequence of the last event that changed this row. */
  seq: number;
}

export interface Board {
  shop: Shop;
  seq: number;
  at: string;
  live: Live | null;
  ended: Ended | null;
  figures: Figures;
  stock: StockRow[];
  orders: OrderRow[];
  curve: Curve;
  showings: Showing[];
  present: Present[];
  todo: Todo;
}

/** `poll` is ours: the same board, read over HTTP while the socket is down. */
export type SnapshotFrame = Board & {
  type: 'snapshot';
  reason: 'first' | 'too_far_behind' | 'poll';
};

/**
 * Changed rows only; what is absent did not change. `seq` may jump: one frame may carry several
 * events. `curve` holds the minutes that changed, `showings`, `present` and `todo` come whole.
 */
export interface RowsFrame {
  type: 'rows';
  seq: number;
  at: string;
  live?: Live | null;
  ended?: Ended | null;
  figures?: Figures;
  stock?: StockRow[];
  orders?: OrderRow[];
  curve?: Partial<Curve> | null;
  showings?: Showing[] | null;
  present?: Present[] | null;
  todo?: Todo | null;
}

export interface PingFrame {
  type: 'ping';
  at: string;
  seq: number;
}

export type Frame = SnapshotFrame | RowsFrame | PingFrame;
