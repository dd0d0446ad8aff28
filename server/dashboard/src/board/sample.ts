// A small board for specs: one live, two products, nothing happening yet.
import { bare } from './merge';
import type { Board, OrderRow, StockRow } from './types';

export function order(n: number, seq: number, more: Partial<OrderRow> = {}): OrderRow {
  return {
    order: n,
    client: 'Aminata D.',
    state: 'held',
    lines: [{ keyword: 'ROBE1', name: 'Robe', label: 'M', quantity: 1, amount: 15000 }],
    total: 15000,
    placed_at: '2026-11-21T14:30:00Z',
    deadline: '2026-11-21T14:40:00Z',
    paid_at: null,
    method: null,
    refund_due: 0,
    live: 1,
    seq,
    ...more,
  };
}

export function stock(variant: number, available: number, more: Partial<StockRow> = {}): StockRow {
  return {
    variant,
    product: 1,
    keyword: 'ROBE1',
    name: 'Robe',
    label: '',
    price: 15000,
    on_hand: 10,
    held: 10 - available,
    committed: 0,
    blocked: 0,
    available,
    photo: null,
    sold: 0,
    waiting: 0,
    waiting_people: 0,
    ...more,
  };
}

export const FIGURES = {
  orders: 2,
  paid: 0,
  open: 2,
  collected: 0,
  paying: 1,
  paying_amount: 15000,
  expired: 0,
};

export const BOARD: Board = {
  ...bare(),
  shop: { id: 's', name: 'Chez Awa', currency: 'XOF', zone: 'Africa/Dakar', language: 'fr' },
  seq: 100,
  at: '2026-11-21T14:32:00.000000Z',
  live: {
    id: 1,
    title: 'Live',
    state: 'live',
    started_at: '2026-11-21T14:00:00Z',
    shown: null,
    first_paid: false,
    orders_open: 2,
  },
  figures: FIGURES,
  stock: [stock(1, 10), stock(2, 4)],
  orders: [order(1, 90), order(2, 100)],
};
