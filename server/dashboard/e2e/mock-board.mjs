// A Saturday at Chez Awa, in each state in which a vendor may find it.

export const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
export const ahead = (seconds) => ago(-seconds);
/** The first instant of the minute that was so many minutes ago. */
export const minuteAgo = (n) =>
  new Date(Math.floor(Date.now() / 60_000 - n) * 60_000).toISOString();

export const HOSTILE = '<img src=x onerror=alert(1)>';

function stock(variant, product, keyword, name, label, price, units, more = {}) {
  const [on_hand, held, committed, blocked] = units;
  const available = on_hand - held - committed - blocked;
  const counts = { on_hand, held, committed, blocked, available, sold: committed };
  const rest = { photo: null, waiting: 0, waiting_people: 0, ...more };
  return { variant, product, keyword, name, label, price, ...counts, ...rest };
}

export function order(order, client, state, keyword, name, label, quantity, price, more = {}) {
  const amount = quantity * price;
  const line = { keyword, name, label, quantity, amount };
  const waiting = state === 'held' || state === 'paying';
  return {
    order,
    client,
    state,
    lines: [line],
    total: amount,
    placed_at: ago((24 - order) * 95 + 60),
    deadline: waiting ? ahead(40 + (order % 7) * 80) : null,
    paid_at: state === 'confirmed' ? ago((24 - order) * 95) : null,
    method: state === 'confirmed' ? ['wave', 'orange_money', 'card'][order % 3] : null,
    refund_due: 0,
    live: 1,
    seq: order,
    ...more,
  };
}

const ROBE = ['ROBE1', 'Robe Wax Ankara'];
const SAC = ['SAC2', 'Sac en cuir de Ngaye'];

function orders() {
  const wedge = order(21, 'Khady', 'held', ...SAC, '', 1, 12000);
  wedge.lines.push({ keyword: 'BIJOU', name: HOSTILE, label: 'doré', quantity: 3, amount: 13500 });
  wedge.total = 25500;
  return [
    order(23, 'Aminata D.', 'held', ...ROBE, 'M', 2, 15000),
    order(22, 'Moussa Ndiaye', 'paying', 'CHAUS', 'Babouches brodées', '42', 1, 9500),
    wedge,
    order(20, 'Fatou S.', 'confirmed', ...ROBE, 'S', 1, 15000),
    order(19, 'Marie-Thérèse Diatta Sagna', 'confirmed', ...SAC, '', 1, 12000),
    order(18, 'Ousmane', 'expired', ...ROBE, 'L', 1, 15000),
    order(17, 'Bineta', 'cancelled', ...SAC, '', 2, 12000, { refund_due: 24000 }),
    order(16, 'Rokhaya', 'held', ...ROBE, 'M', 1, 15000, { deadline: ago(3) }),
    order(15, 'Cliente 15', 'owed', ...SAC, '', 1, 15000),
    ...Array.from({ length: 14 }, (_, i) =>
      order(14 - i, `Cliente ${14 - i}`, 'confirmed', ...ROBE, 'M', 1, 15000),
    ),
  ];
}

const ROBE_SVG = '/api/v1/photos/robe';
const SAC_SVG = '/api/v1/photos/sac';

function shelf() {
  const robe = { photo: ROBE_SVG };
  return [
    stock(1, 1, ...ROBE, 'S', 15000, [10, 0, 3, 0], robe),
    stock(2, 1, ...ROBE, 'M', 15000, [10, 3, 5, 0], robe),
    stock(3, 1, ...ROBE, 'L', 15000, [6, 0, 6, 0], { ...robe, waiting: 5, waiting_people: 4 }),
    stock(4, 2, ...SAC, '', 12000, [8, 1, 1, 1], { photo: SAC_SVG }),
    stock(5, 3, 'CHAUS', 'Babouches brodées', '42', 9500, [5, 1, 3, 0]),
    stock(6, 4, 'BIJOU', HOSTILE, 'doré', 4500, [40, 3, 9, 0]),
    stock(7, 5, 'FOULARD', 'Foulard en soie', '', 6000, [20, 0, 0, 0]),
  ];
}

/** 47 minutes with a peak; payments follow orders. */
export function minutes() {
  const orders = (n) => Math.max(0, Math.round(2 * Math.sin(n / 4) + (n === 31 ? 9 : 1)));
  return Array.from({ length: 47 }, (_, i) => 46 - i)
    .map((n) => {
      const payments = Math.round(orders(n + 4) * 0.7);
      return { minute: minuteAgo(n), orders: orders(n), payments, amount: payments * 14_000 };
    })
    .filter((row) => row.orders + row.payments > 0);
}

export function showings() {
  const shown = (minutes, product, keyword) => ({ at: ago(minutes * 60), product, keyword });
  return [
    shown(45, 2, 'SAC2'),
    shown(32, 1, 'ROBE1'),
    shown(24, 4, 'BIJOU'),
    shown(21, 2, 'SAC2'),
    shown(6, 1, 'ROBE1'),
  ];
}

const PACE = () => [
  { minute: minuteAgo(8), product: 1, units: 2 },
  { minute: minuteAgo(5), product: 1, units: 4 },
  { minute: minuteAgo(2), product: 1, units: 3 },
  { minute: minuteAgo(4), product: 4, units: 3 },
  { minute: minuteAgo(3), product: 3, units: 1 },
];

const WAITED = { kind: 'waitlist', id: 1, product: 1, variant: 3 };

const TASKS = () => ({
  total: 5,
  items: [
    { ...WAITED, amount: 75000, keyword: 'ROBE1', count: 4, at: ago(200) },
    { kind: 'refund', id: 1, amount: 24000, client: 'Bineta', order: 17, at: ago(90) },
    { kind: 'owed', id: 15, amount: 15000, client: 'Cliente 15', order: 15, at: ago(60) },
  ],
});

const PRESENT = () => [
  { client_id: '6f1e', client: 'Fatou S.', tier: 'diamond', at: ago(100) },
  { client_id: '8c40', client: 'Marie-Thérèse Diatta Sagna', tier: 'gold', at: ago(300) },
];

const NONE = { orders: 0, paid: 0, open: 0, collected: 0, paying: 0, paying_amount: 0, expired: 0 };

const LIVE = {
  id: 1,
  title: 'Live du samedi',
  state: 'live',
  shown: 1,
  first_paid: false,
  orders_open: 4,
};

/** `state`: live, paused, closing, ended, none, empty (a new shop) or many (200 orders). */
export function board(state) {
  const quiet = state === 'empty' || state === 'none';
  const on = !quiet && state !== 'ended';
  const live = { ...LIVE, started_at: ago(47 * 60) };
  if (state === 'paused' || state === 'closing') live.state = state;
  if (state === 'closing') Object.assign(live, { by_itself: false, undo_until: ahead(102) });
  const ended = {
    id: 1,
    title: 'Live du samedi',
    started_at: ago(47 * 60),
    finished_at: ago(300),
    state: 'ended',
    by_itself: false,
    undo_until: null,
  };
  const four = { paying: 1, paying_amount: 9500, expired: 3 };
  return {
    shop: { id: '3f0c', name: 'Chez Awa', currency: 'XOF', zone: 'Africa/Dakar', language: 'fr' },
    seq: 120,
    at: ago(0),
    live: on ? live : null,
    ended: state === 'ended' ? ended : null,
    figures: quiet ? NONE : { orders: 23, paid: 18, open: 4, collected: 342000, ...four },
    stock: state === 'empty' ? [] : shelf(),
    orders: quiet ? [] : state === 'many' ? many() : orders(),
    curve: quiet ? { minutes: [], pace: [] } : { minutes: minutes(), pace: on ? PACE() : [] },
    showings: quiet ? [] : showings(),
    present: on ? PRESENT() : [],
    todo: quiet ? { total: 0, items: [] } : TASKS(),
  };
}

function many() {
  const states = ['confirmed', 'held', 'paying', 'expired', 'confirmed', 'cancelled'];
  return Array.from({ length: 200 }, (_, i) =>
    order(200 - i, `Cliente ${200 - i}`, states[i % 6], ...(i % 2 ? ROBE : SAC), '', 1, 12000, {
      placed_at: ago(i * 14 + 5),
      deadline: i % 6 === 1 || i % 6 === 2 ? ahead(600 - i * 2) : null,
    }),
  );
}
