import { describe, expect, it } from 'vitest';
import { pieces, safe } from './markup';
import type { Msg, PhoneSpec } from './types';
import { apply, conversation, EMPTY_WORLD, KEPT_MESSAGES, replace, unread, type World } from './world';

function msg(n: number, more: Partial<Msg> = {}): Msg {
  const base = { from: 'shop', number: '1', kind: 'text', text: 'x', status: null } as const;
  return { n, ...base, wamid: `w${n}`, at: 1_763_735_000 + n, ...more };
}

function phone(id: string, messages: Msg[]): PhoneSpec {
  return { id, name: id, user_id: `SN.${id}`, phone: '22177', hidden_phone: false, messages };
}

const world: World = { ...EMPTY_WORLD, phones: [phone('a', [msg(1)]), phone('b', [])] };

describe('the world', () => {
  it('puts a message on its phone once, in order', () => {
    let next = apply(world, { type: 'message', phone: 'a', message: msg(3) });
    next = apply(next, { type: 'message', phone: 'a', message: msg(2) });
    next = apply(next, { type: 'message', phone: 'a', message: msg(3) });
    expect(next.phones[0]?.messages.map((m) => m.n)).toEqual([1, 2, 3]);
    expect(next.phones[1]).toBe(world.phones[1]);
  });

  it('moves ticks forward only', () => {
    let next = apply(world, { type: 'status', phone: 'a', wamid: 'w1', status: 'read' });
    next = apply(next, { type: 'status', phone: 'a', wamid: 'w1', status: 'delivered' });
    expect(next.phones[0]?.messages[0]?.status).toBe('read');
  });

  it('forgets the oldest bubbles', () => {
    let next = world;
    for (let n = 2; n <= KEPT_MESSAGES + 5; n += 1) {
      next = apply(next, { type: 'message', phone: 'a', message: msg(n) });
    }
    expect(next.phones[0]?.messages).toHaveLength(KEPT_MESSAGES);
    expect(next.phones[0]?.messages.at(-1)?.n).toBe(KEPT_MESSAGES + 5);
  });

  it('keeps what came while a whole world was on its way', () => {
    const ahead = apply(world, { type: 'message', phone: 'a', message: msg(2) });
    const next = replace(ahead, { numbers: [], phones: [phone('a', [msg(1)])] });
    expect(next.phones[0]?.messages.map((m) => m.n)).toEqual([1, 2]);
    expect(next.phones).toHaveLength(1);
  });

  it('starts over when the sandbox did', () => {
    const next = replace(world, { numbers: [], phones: [phone('a', [])] });
    expect(next.phones[0]?.messages).toEqual([]);
  });

  it('adds a phone once and ignores events it does not know', () => {
    const next = apply(world, { type: 'phone', phone: phone('c', []) });
    expect(apply(next, { type: 'phone', phone: phone('c', []) }).phones).toHaveLength(3);
    expect(apply(world, { type: 'charge' } as never)).toBe(world);
  });

  it('counts what was not looked at and keeps shops apart', () => {
    const two = phone('a', [msg(1), msg(2, { from: 'buyer' }), msg(3), msg(4, { number: '2' })]);
    expect(unread(two.messages, 1)).toBe(2);
    expect(conversation(two, '1').map((m) => m.n)).toEqual([1, 2, 3]);
  });
});

describe('markup', () => {
  const kinds = (text: string): string[] => pieces(text).map((p) => `${p.kind}:${p.text}`);

  it('reads the marks of a chat', () => {
    expect(kinds('*Robe Wax* à _15 000_ F')).toEqual([
      'bold:Robe Wax',
      'text: à ',
      'italic:15 000',
      'text: F',
    ]);
    expect(kinds('2*3*4 et a_b_c')).toEqual(['text:2*3*4 et a_b_c']);
    expect(kinds('* pas gras *')).toEqual(['text:* pas gras *']);
  });

  it('makes links of web addresses only', () => {
    expect(kinds('Paie ici : http://127.0.0.1:8080/pay/ab-1.')).toEqual([
      'text:Paie ici : ',
      'link:http://127.0.0.1:8080/pay/ab-1',
      'text:.',
    ]);
    expect(kinds('javascript:alert(1)')).toEqual(['text:javascript:alert(1)']);
    expect(kinds('http://')).toEqual(['text:http://']);
    expect(safe('javascript:alert(1)')).toBe(false);
    expect(safe('https://pay.example/x')).toBe(true);
  });

  it('leaves hostile HTML a text', () => {
    const hostile = '<img src=x onerror=alert(1)>';
    expect(kinds(hostile)).toEqual([`text:${hostile}`]);
  });
});
