// The desk: money to give back, requests, money without an order, who waits.
import assert from 'node:assert/strict';
import { LAPTOP, PHONE } from '../browser.mjs';
import { start } from '../mock.mjs';
import { axe, close, complaints, fingers, noSideScroll, open, shot } from './kit.mjs';

export async function deskOnAPhone() {
  const mock = await start();
  const page = await open(mock.url, PHONE);
  const link = page.locator('[data-test=desk-link]');
  await page.waitForSelector('[data-test=desk-link][data-count="3"]');
  assert.match(await link.innerText(), /3 à traiter/);
  await link.click();
  await page.locator('[data-test=refund]').first().waitFor();
  assert.equal(await page.locator('[data-test=refund]').count(), 4);
  await noSideScroll(page);
  await fingers(page);
  await axe(page, 'desk refunds');
  await shot(page, 'desk-refunds', true);

  // With the keyboard alone: she says that she sent it, and it is where the server says it is.
  const first = page.locator('[data-refund="1"]');
  await first.locator('[data-test=take]').click();
  await first.locator('[data-test=take]').waitFor({ state: 'detached' });
  await first.locator('[data-test=send-open]').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'method');
  await page.keyboard.press('Tab');
  await page.keyboard.type('TX-99');
  await noSideScroll(page);
  await axe(page, 'desk form');
  await shot(page, 'desk-form');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-refund="1"][data-state=sent]');
  assert.match(await first.innerText(), /Wave, réf\. TX-99/);
  // It arrived: it leaves the list.
  await first.locator('[data-test=confirm]').click();
  await first.waitFor({ state: 'detached' });

  // Somebody else was faster: the page says what the server says, in its words.
  mock.state.desk.refunds.find((row) => row.refund === 2).state = 'asked';
  const second = page.locator('[data-refund="2"]');
  await second.locator('[data-test=send-open]').click();
  await second.locator('[data-test=field-evidence]').fill('TX-100');
  complaints.length = 0;
  await second.locator('[data-test=submit]').click();
  await page.waitForSelector('[data-refund="2"][data-state=asked]');
  assert.match(await second.locator('[data-test=problem]').innerText(), /n’en est pas là/);
  complaints.length = 0; // The browser's console mentions every 409.

  await page.click('[data-test=desk-cancellations]');
  await axe(page, 'desk cancellations');
  await shot(page, 'desk-cancellations');
  await page.click('[data-test=accept]');
  await page.locator('[data-test=cancellation]').waitFor({ state: 'detached' });
  await page.click('[data-test=desk-unmatched]');
  await noSideScroll(page);
  await axe(page, 'desk unmatched');
  await shot(page, 'desk-unmatched');
  await page.click('[data-test=desk-waitlists]');
  await noSideScroll(page);
  await axe(page, 'desk waitlists');
  await shot(page, 'desk-waitlists');
  await page.click('[data-test=desk-refunds]');
  await page.locator('[data-refund="5"]').waitFor();

  // The line breaks: the page says so, keeps what it has, and heals.
  mock.reach(false);
  await page.locator('[role=status]').waitFor({ timeout: 20_000 });
  assert.equal(await page.locator('[data-test=refund]').count(), 4);
  complaints.length = 0;
  mock.reach(true);
  await page.locator('main [role=status]').waitFor({ state: 'detached', timeout: 20_000 });
  complaints.length = 0;
  await page.goBack();
  await page.waitForSelector('[data-test=board]');
  await close(page, mock);
}

export async function deskInOtherClothes() {
  const mock = await start();
  const page = await open(mock.url, LAPTOP, { colorScheme: 'dark' });
  await page.click('[data-test=language-en]');
  await page.click('[data-test=desk-link]');
  await page.locator('[data-test=refund]').first().waitFor();
  await axe(page, 'desk dark');
  await shot(page, 'desk-dark-laptop');
  await close(page, mock);
  const quiet = await start({ state: 'empty' });
  const other = await open(`${quiet.url}/#desk`, PHONE);
  await other.waitForSelector('[data-test=empty]');
  await axe(other, 'desk empty');
  await shot(other, 'desk-empty');
  await close(other, quiet);
}
