// What the first view of the board weighs, compressed as the server does it at its weakest.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { PHONE } from '../browser.mjs';
import { start } from '../mock.mjs';
import { close, open } from './kit.mjs';

const DIST = new URL('../../dist/', import.meta.url).pathname;
/** The promise is 100 kB; ours is stricter. */
const MOST = 60_000;

export async function firstViewIsSmall() {
  const mock = await start({ state: 'none' });
  const page = await open('about:blank', PHONE);
  const names = new Set();
  page.on('response', (answer) => {
    const { pathname } = new URL(answer.url());
    if (!pathname.startsWith('/api/')) names.add(pathname === '/' ? '/index.html' : pathname);
  });
  await page.goto(mock.url);
  await page.waitForSelector('[data-test=board]');
  await page.waitForLoadState('networkidle');
  let all = 0;
  for (const name of names) all += gzipSync(await readFile(DIST + name), { level: 6 }).length;
  console.log(`      first view: ${names.size} files, ${(all / 1000).toFixed(1)} kB compressed`);
  assert.ok(all <= MOST, `${all} bytes are more than ${MOST}`);
  for (const name of names) assert.doesNotMatch(name, /Desk|Summary|Lives|phones/);
  await close(page, mock);
}
