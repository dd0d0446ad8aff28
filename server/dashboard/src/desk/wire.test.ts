import { describe, expect, it } from 'vitest';
import { Keys } from './keys';
import { bring, newKey, read, undecided, type Fetch } from './wire';

function server(status: number, body: unknown): { fetch: Fetch; seen: RequestInit[] } {
  const seen: RequestInit[] = [];
  const fetch: Fetch = (_path, init) => {
    seen.push(init);
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  };
  return { fetch, seen };
}

describe('the wire of the desk', () => {
  it('reads what is known after a place in the log', async () => {
    const { fetch, seen } = server(200, { items: [] });
    expect(await read(fetch, '/x', '12.345')).toEqual({ ok: true, value: { items: [] } });
    expect(seen[0]?.headers).toEqual({ 'livepay-after': '12.345' });
  });

  it('gives the server’s problem, and none where nobody answered', async () => {
    const problem = { status: 409, title: 'Non.', title_en: 'No.' };
    const no = await bring(server(409, problem).fetch, '/x', 'k', null);
    expect(no).toEqual({ ok: false, problem });
    expect(undecided(no)).toBe(false);
    const lost = await bring(() => Promise.reject(new Error('no line')), '/x', 'k', null);
    expect(lost).toEqual({ ok: false, problem: null });
    expect(undecided(lost)).toBe(true);
    expect(undecided(await read(server(503, { ...problem, status: 503 }).fetch, '/x', null))).toBe(
      true,
    );
  });

  it('keeps one key per wish until it is decided', () => {
    const keys = new Keys(newKey);
    const first = keys.of('/refunds/1/send', { method: 'Wave' });
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(keys.of('/refunds/1/send', { method: 'Wave' })).toBe(first);
    expect(keys.of('/refunds/1/send', { method: 'Orange Money' })).not.toBe(first);
    keys.decided('/refunds/1/send', { method: 'Wave' });
    expect(keys.of('/refunds/1/send', { method: 'Wave' })).not.toBe(first);
  });
});
