import { describe, expect, it } from 'vitest';
import { persist } from './persist';
import type { Fetch } from './wire';

function server(answers: (number | null)[]): { fetch: Fetch; keys: string[] } {
  const keys: string[] = [];
  const fetch: Fetch = (_path, init) => {
    keys.push((init.headers as Record<string, string>)['idempotency-key'] ?? '');
    const status = answers.shift() ?? null;
    if (status === null) return Promise.reject(new TypeError('no line'));
    return Promise.resolve(Response.json({ status, outcome: 'done', title: 'x' }, { status }));
  };
  return { fetch, keys };
}

describe('a command', () => {
  const waits: number[] = [];
  const pause = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };

  it('is brought again with the same key until somebody answers', async () => {
    const { fetch, keys } = server([null, 503, 200]);
    expect((await persist(fetch, pause, '/x', 'k', {})).ok).toBe(true);
    expect(keys).toEqual(['k', 'k', 'k']);
    expect(waits).toEqual([700, 2_000]);
  });

  it('is brought once where the server says no', async () => {
    const { fetch, keys } = server([409]);
    expect((await persist(fetch, pause, '/x', 'k', {})).ok).toBe(false);
    expect(keys).toHaveLength(1);
  });

  it('is given up after three silent tries', async () => {
    const { fetch, keys } = server([null, null, null, 200]);
    expect(await persist(fetch, pause, '/x', 'k', {})).toEqual({ ok: false, problem: null });
    expect(keys).toHaveLength(3);
  });
});
