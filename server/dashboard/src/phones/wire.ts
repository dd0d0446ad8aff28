// Calls to the sandbox. Same origin, JSON in and out; anything but success throws.
import type { Act, Msg, PhoneSpec, WorldAnswer } from './types';

export function readWorld(): Promise<WorldAnswer> {
  return call('/api/world');
}

export function addPhone(name: string, hidden_phone: boolean): Promise<PhoneSpec> {
  return call('/api/phones', { name, hidden_phone });
}

export function send(phone: string, to: string, act: Act): Promise<{ wamid: string }> {
  return call(`/api/phones/${encodeURIComponent(phone)}/messages`, { to, ...act });
}

/** Bubbles above `n`; for the moments when the stream is down. */
export async function since(phone: string, n: number): Promise<Msg[]> {
  const path = `/api/phones/${encodeURIComponent(phone)}/messages?after=${n}`;
  const answer = await call<Msg[] | { messages: Msg[] }>(path);
  return Array.isArray(answer) ? answer : answer.messages;
}

async function call<T>(path: string, body?: object): Promise<T> {
  const init: RequestInit =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        };
  const answer = await fetch(path, init);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as T;
}
