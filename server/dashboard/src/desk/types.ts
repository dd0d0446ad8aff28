// The wire of the desk, word for word. Money is an integer count of the currency's minor unit,
// times are RFC 3339 in UTC.

export interface Listed<T> {
  items: T[];
  next?: string;
}

/** due: to be sent by hand · asked: of the provider · failed: due again · confirmed: arrived. */
export type RefundState = 'due' | 'asked' | 'sent' | 'failed' | 'confirmed';

export type RefundReason =
  | 'second_charge'
  | 'surplus'
  | 'underpaid'
  | 'late'
  | 'cancelled'
  | 'wrong_currency'
  | 'vendor_cancelled';

export interface RefundRow {
  refund: number;
  order: number;
  /** Empty for somebody who was forgotten. */
  client: string;
  amount: number;
  reason: RefundReason;
  state: RefundState;
  automatic: boolean;
  owner: string | null;
  until: string;
  overdue_at: string | null;
  method: string | null;
  evidence: string | null;
  failure: string | null;
}

export interface CancellationRow {
  order: number;
  client: string;
  total: number;
  /** What of it is paid and would go back. */
  paid: number;
  asked_at: string;
  /** The order stands if nobody decides by then. */
  decide_by: string;
}

export type Verdict =
  | 'matched'
  | 'amount_differs'
  | 'paid_again'
  | 'reversed'
  | 'theirs_only'
  | 'ours_only';

export interface Finding {
  verdict: Verdict;
  order: number | null;
  attempt: number | null;
  reference: string | null;
  transaction: string | null;
  asked: number | null;
  amount: number | null;
  currency: string | null;
  at: string;
}

export interface Reconciliation {
  since: string;
  findings: Finding[];
}

export interface WaitRow {
  position: number;
  client: string;
  quantity: number;
  asked_at: string;
  /** The order in which units are offered to her now. */
  offer: number | null;
}

export interface Waitlist {
  stock: { variant: number; keyword: string; name: string; label: string; available: number };
  clients: number;
  units: number;
  line: WaitRow[];
}

/** What a done command answers; `after` lets a read know it. */
export interface Done {
  outcome: 'done' | 'already';
  after: string;
}

/** RFC 9457, in both languages. */
export interface Problem {
  status: number;
  code?: string;
  title: string;
  title_en?: string;
}

export type Tab = 'refunds' | 'cancellations' | 'unmatched' | 'waitlists';
