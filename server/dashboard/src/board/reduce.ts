// The page's whole memory as one pure function: what it showed, one frame, what it shows now.
import { bare, mergeCurve } from './merge';
import type { Board, Frame, OrderRow, RowsFrame, SnapshotFrame, StockRow } from './types';

/** The page keeps this many orders; the server sends the newest 100. */
export const KEPT_ORDERS = 200;

export interface BoardState {
  board: Board | null;
  /** The newest sequence whose rows are shown: where the socket resumes. 0 = nothing yet. */
  seq: number;
  /** Server time of the last frame that vouched for what is shown (RFC 3339), or null. */
  asOf: string | null;
}

export const EMPTY: BoardState = { board: null, seq: 0, asOf: null };

export function reduce(state: BoardState, frame: Frame): BoardState {
  switch (frame.type) {
    case 'snapshot':
      return snapshot(state, frame);
    case 'rows':
      return rows(state, frame);
    case 'ping':
      // Frames come in order, so a ping vouches for what is shown even when its sequence is ahead
      // (not every event changes a row). Resuming from our own sequence is always safe.
      return { ...state, asOf: latest(state.asOf, frame.at) };
  }
}

function snapshot(state: BoardState, frame: SnapshotFrame): BoardState {
  // A slow poll may come back after newer rows arrived; a socket's snapshot never does.
  if (frame.reason === 'poll' && frame.seq < state.seq) return state;
  const { type: _type, reason: _reason, ...board } = frame;
  return {
    board: { ...bare(), ...board, orders: newestFirst(board.orders) },
    seq: frame.seq,
    asOf: frame.at,
  };
}

function rows(state: BoardState, frame: RowsFrame): BoardState {
  const { board } = state;
  // Rows without a board mean nothing, and rows we have already seen say nothing new.
  if (board === null || frame.seq <= state.seq) return state;
  const live = frame.live === undefined ? board.live : frame.live;
  const ended = frame.ended === undefined ? board.ended : frame.ended;
  // A new live begins with an empty curve; the curve of one that ended stays.
  const was = board.live?.id ?? board.ended?.id;
  const drawn = live !== null && live.id !== was ? { ...board, ...bare() } : board;
  const next: Board = {
    ...board,
    seq: frame.seq,
    at: frame.at,
    live,
    ended: live === null ? ended : null,
    curve: mergeCurve(drawn.curve, frame.curve ?? {}),
    showings: frame.showings ?? drawn.showings,
    present: frame.present ?? drawn.present,
    todo: frame.todo ?? board.todo,
    figures: frame.figures ?? board.figures,
    stock: mergeStock(board.stock, frame.stock ?? []),
    orders: mergeOrders(board.orders, frame.orders ?? []),
  };
  return { board: next, seq: frame.seq, asOf: latest(state.asOf, frame.at) };
}

/** Changed variants stay where they are; new ones go to the end. */
function mergeStock(old: StockRow[], changed: StockRow[]): StockRow[] {
  if (changed.length === 0) return old;
  const byVariant = new Map(old.map((row) => [row.variant, row]));
  for (const row of changed) byVariant.set(row.variant, row);
  return [...byVariant.values()];
}

/** Unchanged rows keep their identity, so the page redraws only what moved. */
function mergeOrders(old: OrderRow[], changed: OrderRow[]): OrderRow[] {
  if (changed.length === 0) return old;
  const byOrder = new Map(old.map((row) => [row.order, row]));
  for (const row of changed) {
    const known = byOrder.get(row.order);
    if (known === undefined || row.seq >= known.seq) byOrder.set(row.order, row);
  }
  return newestFirst([...byOrder.values()]);
}

function newestFirst(orders: OrderRow[]): OrderRow[] {
  return [...orders].sort((a, b) => b.order - a.order).slice(0, KEPT_ORDERS);
}

function latest(a: string | null, b: string): string {
  return a !== null && Date.parse(a) > Date.parse(b) ? a : b;
}
