// The phones as the components see them: the world, which phones lie on the table, what was read.
import { recall, remember } from '../memory';
import type { Act, PhoneSpec, WorldEvent } from './types';
import { addPhone, readWorld, send, since } from './wire';
import { apply, EMPTY_WORLD, find, replace, type World } from './world';

/** Phones side by side; more would not fit a table. */
const MOST_OPEN = 8;
const FIRST_OPEN = 3;
const RETRY_MS = 2_000;

class Store {
  #world = $state.raw<World>(EMPTY_WORLD);
  #open = $state<string[]>([]);
  #loading = false;
  /** Highest bubble number looked at, per phone. */
  read = $state<Record<string, number>>({});
  ready = $state(false);
  down = $state(false);

  numbers = $derived(this.#world.numbers);
  boardUrl = $derived(this.#world.boardUrl);
  phones = $derived(
    this.#open.map((id) => find(this.#world, id)).filter((phone) => phone !== undefined),
  );
  others = $derived(
    this.#world.phones.filter((phone) => !this.#open.includes(phone.id)).slice(0, 200),
  );

  start(): void {
    this.#open = (recall('phones') ?? '').split(' ').filter((id) => id !== '');
    this.#listen();
  }

  async add(name: string, hidden: boolean): Promise<void> {
    const made = await addPhone(name, hidden);
    this.#world = apply(this.#world, { type: 'phone', phone: made });
    this.open(made.id);
  }

  open(id: string): void {
    this.#keepOpen([...this.#open.filter((other) => other !== id), id].slice(-MOST_OPEN));
  }

  putAway(id: string): void {
    this.#keepOpen(this.#open.filter((other) => other !== id));
  }

  /** Sends, then reads back in case the stream is down. */
  async act(phone: PhoneSpec, number: string, act: Act): Promise<void> {
    await send(phone.id, number, act);
    if (this.down) await this.#catchUp(phone);
  }

  look(phone: PhoneSpec): void {
    const last = phone.messages.at(-1)?.n ?? 0;
    if ((this.read[phone.id] ?? 0) < last) this.read[phone.id] = last;
  }

  async #load(): Promise<void> {
    // One at a time: two loads of an empty world would make its first phones twice.
    if (this.#loading) return;
    this.#loading = true;
    try {
      const answer = await readWorld();
      this.#world = replace(this.#world, answer);
      if (answer.phones.length === 0) {
        for (const name of ['Aminata', 'Moussa']) await this.add(name, false);
      } else if (this.phones.length === 0) {
        this.#keepOpen(answer.phones.slice(0, FIRST_OPEN).map((phone) => phone.id));
      }
      this.ready = true;
      this.down = false;
    } catch {
      this.down = true;
    } finally {
      this.#loading = false;
    }
  }

  /** The stream first and the world behind it, so that nothing falls between the two. */
  #listen(): void {
    const socket = new WebSocket(new URL('/api/events', location.href.replace(/^http/, 'ws')));
    socket.onopen = () => void this.#load();
    socket.onmessage = (message) => {
      this.#world = apply(this.#world, JSON.parse(String(message.data)) as WorldEvent);
    };
    socket.onclose = () => {
      void this.#load().then(() => {
        this.down = true;
      });
      window.setTimeout(() => this.#listen(), RETRY_MS);
    };
  }

  async #catchUp(phone: PhoneSpec): Promise<void> {
    const after = phone.messages.at(-1)?.n ?? 0;
    for (const message of await since(phone.id, after)) {
      this.#world = apply(this.#world, { type: 'message', phone: phone.id, message });
    }
  }

  #keepOpen(ids: string[]): void {
    this.#open = ids;
    remember('phones', ids.join(' '));
  }
}

export const store = new Store();
