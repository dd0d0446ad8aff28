// What waits at Chez Awa's desk, and a shop that says yes and no as LivePay does.
import { HOSTILE } from './mock-board.mjs';

const in_ = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();

function refund(refund, client, amount, reason, state, hours, more = {}) {
  return {
    refund,
    order: refund + 10,
    attempt: refund + 20,
    client,
    amount,
    reason,
    state,
    automatic: false,
    owner: null,
    until: in_(hours),
    overdue_at: null,
    method: null,
    evidence: null,
    failure: null,
    ...more,
  };
}

const REFUNDS = () => [
  refund(1, 'Bineta', 24000, 'vendor_cancelled', 'due', -5, { overdue_at: in_(-5) }),
  refund(2, 'Marie-Thérèse Diatta Sagna', 12000, 'late', 'failed', 20, {
    failure: 'le numéro n’existe pas',
    owner: 'owner',
  }),
  refund(3, HOSTILE, 1500, 'surplus', 'sent', 30, { method: 'Wave', evidence: 'TX-77120' }),
  refund(4, '', 15000, 'second_charge', 'asked', 44, { automatic: true }),
];

const CANCELLATIONS = () => [
  { order: 20, client: 'Fatou S.', total: 15000, paid: 15000, asked_at: in_(-3), decide_by: in_(45) },
];

const FINDINGS = [
  {
    verdict: 'theirs_only',
    order: null,
    attempt: 31,
    reference: '5kQ2mZ8cW1aaaaaaaaaaaa-31',
    transaction: 'b7f4c1de-3a55-4c0e-9a1f-5d0b7e2f9c11',
    asked: null,
    amount: 9500,
    currency: 'XOF',
    at: in_(-9),
  },
  {
    verdict: 'amount_differs',
    order: 14,
    attempt: 12,
    reference: '5kQ2mZ8cW1aaaaaaaaaaaa-12',
    transaction: 'c2',
    asked: 12000,
    amount: 11000,
    currency: 'XOF',
    at: in_(-30),
  },
];

const stock = { variant: 3, product: 1, keyword: 'ROBE1', name: 'Robe Wax Ankara', label: 'L' };
const WAITLISTS = [
  {
    stock: { ...stock, price: 15000, available: 0 },
    clients: 4,
    units: 5,
    line: [
      { position: 1, client: 'Rokhaya', quantity: 1, asked_at: in_(-1), offer: 26 },
      { position: 2, client: 'Ousmane', quantity: 2, asked_at: in_(-1), offer: null },
    ],
  },
];

export class Desk {
  #pos = 500;
  #done = new Map();

  constructor(empty) {
    this.refunds = empty ? [] : REFUNDS();
    this.cancellations = empty ? [] : CANCELLATIONS();
    this.findings = empty ? [] : FINDINGS;
    this.waitlists = empty ? [] : WAITLISTS;
  }

  /** [status, body] of a request below /api/v1. */
  answer(path, body, headers) {
    if (path === '/desk') {
      const hands = this.refunds.filter((row) => ['due', 'failed'].includes(row.state));
      const sum = hands.reduce((all, row) => all + row.amount, 0);
      const waiting = { refunds: hands.length, refunds_amount: sum, overdue: 1 };
      return [200, { ...waiting, cancellations: this.cancellations.length }];
    }
    if (path === '/refunds') return [200, { items: this.refunds }];
    if (path === '/cancellations') return [200, { items: this.cancellations }];
    if (path === '/waitlists') return [200, { items: this.waitlists }];
    if (path === '/payments/reconciliation') {
      return [200, { since: in_(-720), groups: [], findings: this.findings }];
    }
    const key = `${path} ${headers['idempotency-key']}`;
    if (!this.#done.has(key)) this.#done.set(key, this.#command(path, body));
    return this.#done.get(key);
  }

  #command(path, body) {
    const [, room, number, verb] = path.split('/');
    const id = Number(number);
    if (room === 'orders' && verb === 'cancellation') {
      const asked = this.cancellations.find((row) => row.order === id);
      if (asked === undefined) return gone();
      this.cancellations = this.cancellations.filter((row) => row.order !== id);
      if (body.granted) {
        this.refunds.push(refund(5, asked.client, asked.paid, 'vendor_cancelled', 'due', 48));
      }
      return this.#yes();
    }
    const row = this.refunds.find((one) => one.refund === id);
    if (row === undefined) return gone();
    const byHand = ['due', 'failed'].includes(row.state);
    if ((verb === 'send') !== byHand && verb !== 'take') return elsewhere();
    if (verb === 'take') row.owner = 'owner';
    if (verb === 'send') Object.assign(row, body, { state: 'sent' });
    if (verb === 'fail') Object.assign(row, { state: 'failed', failure: body.reason });
    if (verb === 'confirm') this.refunds = this.refunds.filter((one) => one !== row);
    return this.#yes();
  }

  #yes() {
    this.#pos += 1;
    return [200, { outcome: 'done', lane: 7, pos: this.#pos, after: `7.${this.#pos}` }];
  }
}

function gone() {
  const title = 'Il n’y a rien à cette adresse.';
  return [404, { status: 404, code: 'not-found', title, title_en: 'There is nothing here.' }];
}

function elsewhere() {
  const title = 'Ce remboursement n’en est pas là : relis la liste.';
  const title_en = 'This refund is elsewhere: look again.';
  return [409, { status: 409, code: 'refund-elsewhere', title, title_en }];
}
