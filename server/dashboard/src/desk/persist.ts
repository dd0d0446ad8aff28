// Brings one command until the server has decided it: a dead line is tried again, with the same
// key, so that it happens once however often it was sent.
import type { Done } from './types';
import { bring, undecided, type Answer, type Fetch } from './wire';

/** Pauses before the second and the third try. */
const PAUSES_MS = [700, 2_000];

export async function persist(
  fetch: Fetch,
  pause: (ms: number) => Promise<void>,
  path: string,
  key: string,
  body: unknown,
): Promise<Answer<Done>> {
  let answer = await bring(fetch, path, key, body);
  for (const ms of PAUSES_MS) {
    if (!undecided(answer)) break;
    await pause(ms);
    answer = await bring(fetch, path, key, body);
  }
  return answer;
}

/** Waits so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((done) => window.setTimeout(done, ms));
}
