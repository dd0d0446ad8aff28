// The board: the four numbers, the stream, the link that breaks and heals.
import assert from 'node:assert/strict';
import { LAPTOP, PHONE } from '../browser.mjs';
import { HOSTILE, order } from '../mock-board.mjs';
import { start } from '../mock.mjs';
import { axe, close, complaints, fingers, noSideScroll, open, rowTop, shot, text } from './kit.mjs';

const FIGURES = { paying: 1, paying_amount: 9500, expired: 3 };

export async function boardOnAPhone() {
  const mock = await start();
  const page = await open(mock.url, PHONE);
  await page.waitForSelector('[data-test=link][data-quality=good]');
  assert.equal(await text(page, 'figure-collected'), '342\u202f000\u202fF');
  assert.match(await text(page, 'as-of'), /^maj \d\d:\d\d:\d\d$/);
  assert.ok((await page.content()).includes(HOSTILE.replace('<', '&lt;').replace('>', '&gt;')));
  await noSideScroll(page);
  await axe(page, 'board phone');
  await shot(page, 'board-phone');

  // She reads further down: new orders wait, and the row under her thumb does not move.
  await page.evaluate(() => window.scrollTo(0, 700));
  await page.waitForTimeout(150);
  const before = await rowTop(page, 15);
  for (const n of [24, 25, 26]) {
    mock.rows({ orders: [order(n, `Nouvelle ${n}`, 'held', 'SAC2', 'Sac', '', 1, 12000)] });
  }
  const waiting = page.locator('[data-test=waiting]');
  await waiting.waitFor();
  assert.equal((await waiting.innerText()).trim(), '3 nouvelles commandes');
  assert.equal(await rowTop(page, 15), before, 'rows jumped under the thumb');
  await shot(page, 'board-phone-waiting');
  await waiting.click();
  await page.locator('[data-order="26"]').waitFor();
  assert.equal(await waiting.count(), 0);

  // A row changes in place.
  const paid = order(26, 'Nouvelle 26', 'confirmed', 'SAC2', 'Sac', '', 1, 12000);
  const more = { ...FIGURES, orders: 26, paid: 19, open: 6, collected: 354000 };
  mock.rows({ orders: [paid], figures: more });
  await page.locator('[data-order="26"][data-state=confirmed]').waitFor();
  assert.equal(await text(page, 'figure-collected'), '354\u202f000\u202fF');

  await page.click('[data-test=tab-stock]');
  await noSideScroll(page);
  await axe(page, 'stock phone');
  await page.evaluate(() => window.scrollTo(0, 0));
  await shot(page, 'stock-phone');

  // The language is remembered.
  await page.click('[data-test=language-en]');
  await page.reload();
  await page.waitForSelector('[data-test=board]');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await text(page, 'as-of'), /^as of/);

  // The line breaks: the page says so and keeps what it has; then it heals by itself.
  mock.reach(false);
  await page.waitForSelector('[data-test=link][data-quality=offline]');
  assert.equal(await text(page, 'figure-collected'), '354\u202f000\u202fF');
  complaints.length = 0;
  mock.reach(true);
  mock.rows({ orders: [], figures: { ...more, orders: 27, paid: 20, collected: 366000 } });
  await page.waitForSelector('[data-test=link][data-quality=good]', { timeout: 20_000 });
  await page.waitForSelector('[data-test=figure-collected][data-value="366000"]');
  complaints.length = 0;
  await close(page, mock);
}

export async function boardOnALaptop() {
  const mock = await start();
  const page = await open(mock.url, LAPTOP);
  await page.waitForSelector('[data-test=link][data-quality=good]');
  assert.ok(await page.isVisible('[data-test=orders]'));
  assert.ok(await page.isVisible('[data-test=stock]'));
  await noSideScroll(page);
  await axe(page, 'board laptop');
  await shot(page, 'board-laptop');
  await close(page, mock);
}

export async function boardInTheDark() {
  const mock = await start();
  const page = await open(mock.url, PHONE, { colorScheme: 'dark' });
  await page.waitForSelector('[data-test=link][data-quality=good]');
  await axe(page, 'board dark');
  await shot(page, 'board-dark');
  await close(page, mock);
}

export async function boardStrangers() {
  const closed = await start({ signedIn: false });
  const page = await open(closed.url, PHONE);
  await page.waitForSelector('[data-test=sign-in]');
  complaints.length = 0; // The browser's console mentions every 401.
  await axe(page, 'sign in');
  await shot(page, 'sign-in');
  await close(page, closed);

  const quiet = await start({ state: 'empty' });
  const other = await open(quiet.url, PHONE);
  await other.waitForSelector('[data-test=board]');
  await axe(other, 'empty board');
  await shot(other, 'board-empty');
  await close(other, quiet);
}
