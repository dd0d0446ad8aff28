// The sandbox's phones, and a shop that answers them as LivePay does.
import { HOSTILE } from './mock-board.mjs';

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
