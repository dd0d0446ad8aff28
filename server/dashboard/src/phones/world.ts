// All phones as one pure function of what the sandbox said.
import type { Msg, NumberSpec, PhoneSpec, Tick, WorldAnswer, WorldEvent } from './types';

/** Bubbles kept per phone, like the sandbox. */
export const KEPT_MESSAGES = 200;

const RANK: Record<Tick, number> = { sent: 1, delivered: 2, read: 3, failed: 4 };

export interface World {
  numbers: NumberSpec[];
  phones: PhoneSpec[];
  boardUrl: string | null;
}

export const EMPTY_WORLD: World = { numbers: [], phones: [], boardUrl: null };

/** A whole world replaces ours, but never forgets a bubble that came while it was on its way. */
export function replace(world: World, answer: WorldAnswer): World {
  return {
    numbers: answer.numbers,
    phones: answer.phones.map((phone) => withNewer(phone, find(world, phone.id))),
    boardUrl: answer.board_url ?? world.boardUrl,
  };
}

export function apply(world: World, event: WorldEvent): World {
  switch (event.type) {
    case 'message':
      return change(world, event.phone, (phone) => add(phone, event.message));
    case 'status':
      return change(world, event.phone, (phone) => tick(phone, event.wamid, event.status));
    case 'phone':
      if (find(world, event.phone.id) !== undefined) return world;
      return { ...world, phones: [...world.phones, { ...event.phone, messages: [] }] };
    default:
      return world;
  }
}

export function find(world: World, id: string): PhoneSpec | undefined {
  return world.phones.find((phone) => phone.id === id);
}

/** Shop messages above `read`, the highest bubble number this person has looked at. */
export function unread(messages: Msg[], read: number): number {
  return messages.filter((msg) => msg.from === 'shop' && msg.n > read).length;
}

/** Bubbles with one shop's number, without reactions, which hang on other bubbles. */
export function conversation(phone: PhoneSpec, number: string): Msg[] {
  return phone.messages.filter((msg) => msg.number === number && msg.kind !== 'reaction');
}

function change(world: World, id: string, how: (phone: PhoneSpec) => PhoneSpec): World {
  const phones = world.phones.map((phone) => (phone.id === id ? how(phone) : phone));
  return { ...world, phones };
}

function add(phone: PhoneSpec, msg: Msg): PhoneSpec {
  if (phone.messages.some((known) => known.n === msg.n)) return phone;
  const messages = [...phone.messages, msg].sort((a, b) => a.n - b.n).slice(-KEPT_MESSAGES);
  return { ...phone, messages };
}

/** Ticks only go forward: statuses come out of order, as they do on the real wire. */
function tick(phone: PhoneSpec, wamid: string, status: Tick): PhoneSpec {
  const messages = phone.messages.map((msg) => {
    const forward = RANK[status] > (msg.status === null ? 0 : RANK[msg.status]);
    return msg.wamid === wamid && forward ? { ...msg, status } : msg;
  });
  return { ...phone, messages };
}

function withNewer(fresh: PhoneSpec, known: PhoneSpec | undefined): PhoneSpec {
  const last = fresh.messages.at(-1)?.n ?? 0;
  // A sandbox that started again counts from one: then the old bubbles are another world's.
  if (known === undefined || known.user_id !== fresh.user_id) return fresh;
  const newer = known.messages.filter((msg) => msg.n > last && last > 0);
  return newer.length === 0 ? fresh : { ...fresh, messages: [...fresh.messages, ...newer] };
}
