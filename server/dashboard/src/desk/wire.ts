// Asks the server. What it says is shown; nothing is assumed before it has spoken.
import type { Done, Problem } from './types';

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem | null };

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

const LIMIT_MS = 10_000;
/** 200 KB upwards over a slow 3G line, with room. */
const PICTURE_MS = 60_000;

/** Reads. `after` is the place in the log the answer must know. `null` as problem: no answer. */
export async function read<T>(fetch: Fetch, path: string, after: string | null): Promise<Answer<T>> {
  const headers: Record<string, string> = after === null ? {} : { 'livepay-after': after };
  return ask<T>(fetch, path, { headers });
}

/** Brings a command. The same `key` is the same command, however often it is sent. */
export async function bring(
  fetch: Fetch,
  path: string,
  key: string,
  body: unknown,
): Promise<Answer<Done>> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  return ask<Done>(fetch, path, { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
}

/** Puts a picture there, as its own bytes. */
export async function put(
  fetch: Fetch,
  path: string,
  key: string,
  picture: Blob,
): Promise<Answer<Done>> {
  const headers = { 'content-type': picture.type, 'idempotency-key': key };
  return ask<Done>(fetch, path, { method: 'PUT', headers, body: picture }, PICTURE_MS);
}

async function ask<T>(
  fetch: Fetch,
  path: string,
  init: RequestInit,
  limit = LIMIT_MS,
): Promise<Answer<T>> {
  try {
    const signal = AbortSignal.timeout(limit);
    const answer = await fetch(path, { ...init, cache: 'no-store', signal });
    const value: unknown = await answer.json();
    if (answer.ok) return { ok: true, value: value as T };
    return { ok: false, problem: value as Problem };
  } catch {
    return { ok: false, problem: null };
  }
}

/** Whether the same command may be brought again: nobody knows, or the server said "not now". */
export function undecided<T>(answer: Answer<T>): boolean {
  return !answer.ok && (answer.problem === null || answer.problem.status >= 500);
}

/** A key nobody else has; works on plain HTTP too, where `randomUUID` does not exist. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
