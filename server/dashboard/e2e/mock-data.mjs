// A Saturday at Chez Awa, and a shop that answers like LivePay does.

const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
const ahead = (seconds) => ago(-seconds);

export const HOSTILE = '<img src=x onerror=alert(1)>';

function stock(variant, product, keyword, name, label, price, [on_hand, held, committed, blocked]) {
  const available = on_hand - held - committed - blocked;
  const units = { on_hand, held, committed, blocked, available };
  return { variant, product, keyword, name, label, price, ...units };
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
    ...Array.from({ length: 15 }, (_, i) =>
      order(15 - i, `Cliente ${15 - i}`, 'confirmed', ...ROBE, 'M', 1, 15000),
    ),
  ];
}

export function board(empty) {
  const shop = {
    id: '3f0c',
    name: 'Chez Awa',
    currency: 'XOF',
    zone: 'Africa/Dakar',
    language: 'fr',
  };
  const live = { id: 1, title: 'Live du samedi', state: 'live', started_at: ago(47 * 60) };
  const none = { orders: 0, paid: 0, open: 0, collected: 0 };
  return {
    shop,
    seq: 120,
    at: ago(0),
    live: empty ? null : live,
    figures: empty ? none : { orders: 23, paid: 18, open: 4, collected: 342000 },
    stock: [
      stock(1, 1, ...ROBE, 'S', 15000, [10, 0, 3, 0]),
      stock(2, 1, ...ROBE, 'M', 15000, [10, 3, 5, 0]),
      stock(3, 1, ...ROBE, 'L', 15000, [6, 0, 6, 0]),
      stock(4, 2, ...SAC, '', 12000, [8, 1, 1, 1]),
      stock(5, 3, 'CHAUS', 'Babouches brodées', '42', 9500, [5, 1, 3, 0]),
      stock(6, 4, 'BIJOU', HOSTILE, 'doré', 4500, [40, 3, 9, 0]),
      stock(7, 5, 'FOULARD', 'Foulard en soie', '', 6000, [20, 0, 0, 0]),
    ],
    orders: empty ? [] : orders(),
  };
}

export class World {
  phones = [];
  numbers = [
    { phone_number_id: '101', display: '+221 77 100 00 01', shop_name: 'Chez Awa' },
    { phone_number_id: '102', display: '+221 77 100 00 02', shop_name: 'Boutique Ndeye' },
  ];

  answer() {
    return { numbers: this.numbers, phones: this.phones };
  }

  add({ name, hidden_phone = false }) {
    const id = `p${this.phones.length + 1}`;
    const digits = `22177${String(1234567 * (this.phones.length + 1)).slice(0, 7)}`;
    const phone = { id, name, user_id: `SN.${id}`, phone: digits, hidden_phone, messages: [] };
    this.phones.push(phone);
    return phone;
  }

  /** A buyer acted; the shop answers at once. */
  hear(id, act, tell) {
    const phone = this.phones.find((one) => one.id === id);
    const said = act.text ?? act.button?.title ?? act.row?.title ?? '';
    const tapped = act.button ?? act.row;
    const kind = act.kind ?? 'text';
    const mine = { from: 'buyer', number: act.to, kind, text: said, context: tapped?.context };
    const { wamid } = this.#push(phone, { ...mine, status: 'sent' }, tell);
    tell({ type: 'status', phone: id, wamid, status: 'read' });
    this.#push(phone, { from: 'shop', number: act.to, ...this.#reply(phone, said) }, tell);
    return wamid;
  }

  #push(phone, msg, tell) {
    const n = (phone.messages.at(-1)?.n ?? 0) + 1;
    const at = Math.floor(Date.now() / 1000);
    const message = { n, wamid: `${phone.id}.${n}`, at, status: null, text: '', ...msg };
    phone.messages.push(message);
    tell({ type: 'message', phone: phone.id, message });
    return message;
  }

  #reply(phone, said) {
    const buttons = (titles) => titles.map((title, i) => ({ id: `b${i}`, title }));
    if (/^robe1$/i.test(said)) {
      return {
        kind: 'buttons',
        text: `👋 Salut ${phone.name} !\n\n*Robe Wax Ankara*\n💰 15\u202f000\u202fF\n`
          + '📦 3 disponibles\n⏱️ Réservée _10 min_ pour toi',
        buttons: buttons(['PAYER', 'ANNULER']),
      };
    }
    if (said === 'PAYER') {
      const text = 'Comment veux-tu payer *15\u202f000\u202fF* ?';
      return { kind: 'buttons', text, buttons: buttons(['Wave', 'Orange Money', 'Carte']) };
    }
    if (said === 'Wave') {
      const text = '🔗 Paie ici :\nhttp://127.0.0.1:8080/pay/5kQ2mZ8cW1-1\n\nLien valide 9:30.';
      return { kind: 'buttons', text, buttons: buttons(['CHANGER']) };
    }
    if (said === 'CATALOGUE') {
      const row = (id, title, description) => ({ id, title, description });
      return {
        kind: 'list',
        text: 'Voici ce qu’il reste.',
        footer: 'Chez Awa',
        list_button: 'Voir les articles',
        rows: [
          row('r1', 'ROBE1', 'Robe Wax Ankara, 15\u202f000\u202fF'),
          row('r2', 'SAC2', `${HOSTILE}, 12\u202f000\u202fF`),
        ],
      };
    }
    return { kind: 'text', text: `Je n’ai pas compris « ${said} ». Écris *AIDE*.` };
  }
}
