// Buys a dress with a phone of the sandbox and watches the vendor's page change, against a real
// server. Started by the test `house::browser`, or by hand beside `livepay demo`:
//   node e2e/buy.mjs --phones http://127.0.0.1:8081 --board '<sign-in link>' [--out folder]
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { launch, PHONE } from './browser.mjs';

const { values } = parseArgs({
  options: { phones: { type: 'string' }, board: { type: 'string' }, out: { type: 'string' } },
});
if (!values.phones || !values.board) {
  console.error("usage: node e2e/buy.mjs --phones URL --board 'SIGN-IN LINK' [--out FOLDER]");
  process.exit(2);
}
const out = values.out ?? new URL('./out', import.meta.url).pathname;
await mkdir(out, { recursive: true });

const browser = await launch();
const context = await browser.newContext({
  viewport: PHONE,
  deviceScaleFactor: 2,
  locale: 'fr-FR',
  timezoneId: 'Africa/Dakar',
});
context.setDefaultTimeout(60_000);
const complaints = [];

async function open(url) {
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return page;
}

const shot = async (page, name) => {
  // What just came is still fading in.
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${out}/${name}.png` });
};

try {
  const board = await open(values.board);
  await board.waitForSelector('[data-test=link][data-quality=good]');
  const before = Number(await board.getAttribute('[data-test=figure-collected]', 'data-value'));

  const phones = await open(values.phones);
  const phone = phones.locator('[data-test=phone][data-name="Aminata"]');
  await phone.locator('[data-test=message]').fill('ROBE1');
  await phone.locator('[data-test=send]').click();
  const reply = (word) => phone.locator(`[data-test=reply][data-title*="${word}"]`).last();
  await reply('PAYER').click();
  await reply('WAVE').click();
  const link = phone.locator('[data-test=bubble][data-from=shop] [data-test=link]').last();
  const address = await link.getAttribute('href');
  assert.match(address, /\/pay\/[A-Za-z0-9-]+$/, 'the link is ours');
  await shot(phones, 'phone-link');
  await board.locator('[data-test=order]').first().waitFor();
  await shot(board, 'board-paying');

  const payment = await open(address);
  await shot(payment, 'pay');
  await payment.click('[data-test=go]');
  await payment.waitForSelector('[data-test=pay]');
  await shot(payment, 'provider');
  await payment.click('[data-test=pay]');

  await phone.locator('[data-test=bubble]', { hasText: 'CONFIRMÉ' }).waitFor();
  await shot(phones, 'phone-paid');
  await board.locator('[data-test=order-state]', { hasText: 'Payée' }).first().waitFor();
  await board.waitForFunction((was) => {
    const figure = document.querySelector('[data-test=figure-collected]');
    return Number(figure?.getAttribute('data-value')) === was + 15_000;
  }, before);
  await shot(board, 'board-paid');
  assert.deepEqual(complaints, [], 'the pages complained');
  console.log(`A dress was bought and the vendor's page shows it. Pictures: ${out}`);
} catch (error) {
  console.error(error.stack);
  for (const [n, page] of context.pages().entries()) {
    await shot(page, `failed-${n}`).catch(() => {});
  }
  process.exitCode = 1;
} finally {
  await browser.close();
}
