// What a vendor may do to a live and its goods, and what it came to afterwards.
import { ago, ahead, minutes, showings } from './mock-board.mjs';

const REFUSED = {
  none: ['no-live', 'Aucun live n’est en cours.', 'No live is on.'],
  on: ['live-already-on', 'Un live est déjà en cours.', 'A live is on already.'],
  late: ['too-late', 'C’est trop tard pour le rouvrir.', 'It is too late to reopen it.'],
  held: ['units-held', 'Ces pièces sont dans une commande.', 'These units are in an order.'],
};

export class Live {
  #pos = 200;
  #done = new Map();
  #mock;

  /** `mock` has the board and `rows(change)`, which tells every open page. */
  constructor(mock) {
    this.#mock = mock;
    this.summaries = { hot: summary(false), settled: null, adjustments: [] };
  }

  settle() {
    this.summaries.settled = { ...summary(true), net: 327000, gross: 342000 };
    this.summaries.adjustments = [
      { at: ago(60), order: 17, amount: -15000, kind: 'taken_back' },
      { at: ago(30), order: 18, amount: 15000, kind: 'paid_late' },
    ];
  }

  /** [status, body] of a request below /api/v1, or null where it is not for here. */
  answer(method, path, body, headers) {
    if (method === 'GET') return this.#read(path);
    if (!/^\/(live|variants|products)\//.test(path)) return null;
    const key = `${path} ${headers['idempotency-key']}`;
    if (!this.#done.has(key)) this.#done.set(key, this.#command(path, body));
    return this.#done.get(key);
  }

  #read(path) {
    if (path === '/lives') {
      const row = (id, title, state, hours) => {
        const [started_at, finished_at] = [ago(hours * 3600), ago(hours * 3600 - 4800)];
        return { id, title, state, started_at, finished_at, ended_at: finished_at };
      };
      const items = [
        row(1, 'Live du samedi', this.summaries.settled === null ? 'ended' : 'settled', 2),
        row(3, 'Spécial Tabaski', 'settled', 190),
      ];
      return [200, { items }];
    }
    if (/^\/lives\/\d+\/summary$/.test(path)) return [200, this.summaries];
    if (/^\/lives\/\d+\/curve$/.test(path)) {
      return [200, { minutes: minutes(), showings: showings() }];
    }
    return null;
  }

  #command(path, body) {
    const [, room, which, verb] = path.split('/');
    if (room === 'live') return this.#live(which, body);
    if (room === 'variants') return this.#stock(Number(which), body.by);
    if (verb !== 'photo') return null;
    const photo = `/api/v1/photos/new${which}`;
    const stock = this.#mock.board.stock.filter((row) => row.product === Number(which));
    return this.#yes({ stock: stock.map((row) => ({ ...row, photo })) });
  }

  #live(verb, body) {
    const { live, shop } = this.#mock.board;
    if (verb === 'start') {
      if (live !== null) return no(REFUSED.on);
      const id = 1 + shop.id.length;
      const fresh = { id, title: body.title, state: 'live', started_at: ago(0) };
      return this.#yes({ live: { ...fresh, shown: null, first_paid: false, orders_open: 0 } });
    }
    if (live === null) return no(REFUSED.none);
    const change = (more) => this.#yes({ live: { ...live, ...more } });
    if (verb === 'pause') return change({ state: 'paused' });
    if (verb === 'resume') return change({ state: 'live' });
    if (verb === 'first-paid') return change({ first_paid: body.on });
    if (verb === 'show') {
      const { keyword } = this.#mock.board.stock.find((row) => row.product === body.product);
      const list = [...this.#mock.board.showings, { at: ago(0), product: body.product, keyword }];
      return this.#yes({ live: { ...live, shown: body.product }, showings: list });
    }
    if (verb === 'finish') {
      return change({ state: 'closing', by_itself: false, undo_until: ahead(120) });
    }
    if (verb !== 'reopen' || live.state !== 'closing') return no(REFUSED.late);
    return change({ state: 'live', undo_until: null });
  }

  #stock(variant, by) {
    const row = this.#mock.board.stock.find((one) => one.variant === variant);
    if (row.available + by < 0) return no(REFUSED.held);
    const [on_hand, available] = [row.on_hand + by, row.available + by];
    return this.#yes({ stock: [{ ...row, on_hand, available }] });
  }

  #yes(change) {
    this.#pos += 1;
    // The row comes a moment after the answer, as it does in life.
    setTimeout(() => this.#mock.rows(change), 60);
    return [200, { outcome: 'done', lane: 7, pos: this.#pos, after: `7.${this.#pos}` }];
  }
}

function no([code, title, title_en]) {
  return [409, { status: 409, code, title, title_en }];
}

function sold(product, keyword, name, units, price, more = {}) {
  const figures = { offered: 20, sell_through: units * 50, out_at: null, out_seconds: 0, lost: 0 };
  const one = { product, keyword, name, units, amount: units * price, photo: null };
  return { ...one, ...figures, ...more };
}

function summary(settled) {
  const robe = sold(1, 'ROBE1', 'Robe Wax Ankara', 14, 15000, {
    offered: 14,
    sell_through: 1000,
    out_at: ago(900),
    out_seconds: 840,
    lost: 75000,
    photo: '/api/v1/photos/robe',
  });
  const sac = sold(2, 'SAC2', 'Sac en cuir de Ngaye', 5, 12000, { photo: '/api/v1/photos/sac' });
  return {
    live: 1,
    title: 'Live du samedi',
    started_at: ago(47 * 60 + 300),
    finished_at: ago(300),
    as_of: ago(100),
    settled,
    seconds: 47 * 60,
    placed: 23,
    paid: 18,
    expired: 3,
    cancelled: 1,
    open: settled ? 0 : 1,
    conversion: 818,
    gross: 342000,
    net: 342000,
    best: robe,
    products: [robe, sac, sold(5, 'FOULARD', 'Foulard en soie', 0, 6000)],
    new_clients: 11,
    returning_clients: 5,
    pay_median: 95,
    pay_p90: 372,
    peak: { minute: ago(31 * 60), orders: 11, shown: 'ROBE1' },
    lost: 75000,
    advice: { kind: 'more_stock', keyword: 'ROBE1', minutes: 31, lost: 75000 },
  };
}
