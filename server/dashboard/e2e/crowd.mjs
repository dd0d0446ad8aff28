// A whole live on a phone, from its start to its summary, while a crowd buys and the line is cut
// again and again. Started by the test `house::live`, which plays a few buyers when this says FEW
// and a crowd when it says CROWD, and answers CALM when all of them are done:
//   node e2e/crowd.mjs --board '<sign-in link>' [--kills 20] [--dashboards 100] [--out folder]
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { launch, LAPTOP, PHONE } from './browser.mjs';
import { Line } from './crowd/line.mjs';
import { delays, nth, remember } from './crowd/pixels.mjs';
import { agree } from './crowd/same.mjs';
import { session, watch } from './crowd/watchers.mjs';

const { values } = parseArgs({
  options: {
    board: { type: 'string' },
    kills: { type: 'string', default: '20' },
    dashboards: { type: 'string', default: '100' },
    seed: { type: 'string', default: '7' },
    out: { type: 'string' },
  },
});
if (!values.board) {
  console.error("usage: node e2e/crowd.mjs --board 'SIGN-IN LINK' [--kills N] [--dashboards N]");
  process.exit(2);
}
const out = values.out ?? new URL('./out', import.meta.url).pathname;
await mkdir(out, { recursive: true });
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const link = new URL(values.board);
const base = link.origin;
const line = await Line.to(base);
const heard = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const say = (words) => console.log(words);
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));

// The same seed cuts at the same times.
let state = BigInt(values.seed) + 0x9e3779b97f4a7c15n;
function chance() {
  state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
  return Number(state >> 11n) / 2 ** 53;
}

const browser = await launch();
const complaints = [];
async function open(size, name) {
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: 2,
    locale: 'fr-FR',
    timezoneId: 'Africa/Dakar',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(remember);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${name}: ${error}`));
  await page.goto(`${line.url}${link.pathname}${link.search}`);
  await page.waitForSelector('[data-test=link][data-quality=good]');
  return page;
}
const test = (name) => `[data-test=${name}]`;
const shot = (page, name) => page.screenshot({ path: `${out}/live-${name}.png` });
async function look(page, name) {
  await shot(page, name);
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run();
    return violations
      .filter((one) => ['serious', 'critical'].includes(one.impact))
      .map((one) => `${one.id}: ${one.nodes[0]?.target}`);
  });
  assert.deepEqual(found, [], `axe on ${name}`);
}

try {
  const cookie = await session(values.board);
  const phone = await open(PHONE, 'phone');
  const laptop = await open(LAPTOP, 'laptop');

  // The live of before ends; one of our own begins, from the page.
  await phone.click(test('finish'));
  await look(phone, 'finish');
  await phone.click(test('finish-yes'));
  await phone.waitForSelector(test('start'));
  await look(phone, 'none');
  await phone.fill(test('start-name'), 'Live du test');
  await phone.click(test('start-go'));
  await phone.waitForSelector(test('finish'));
  const first = phone.locator(`${test('product')}[data-keyword=ROBE1]`);
  await phone.click(test('tab-stock'));
  await first.locator(test('show')).click();
  await first.locator(test('showing')).waitFor();
  await phone.click(test('tab-orders'));
  await look(phone, 'begun');

  // With a hundred others at their pages, how long until an order is seen?
  const others = await watch(base, cookie, Number(values.dashboards));
  async function measured(when, from) {
    const times = await delays(phone, base, cookie, [from, Date.now()]);
    assert.ok(times.length > 0, 'orders were painted while all watched');
    assert.ok(others.counts.frames > 0, 'the others hear too');
    say(
      `event to pixel, ${values.dashboards} dashboards, ${when}: ${times.length} orders, ` +
        `p50 ${Math.round(nth(times, 0.5))} ms, p95 ${Math.round(nth(times, 0.95))} ms ` +
        `(budget 150 ms; printed, not judged); ${others.counts.lost} fell behind and came off`,
    );
  }
  const few = Date.now();
  say('FEW');
  assert.equal((await heard.next()).value, 'CALM');
  await measured('3 buyers a second', few);
  const rush = Date.now();
  say('CROWD');
  await sleep(8_000);
  await measured('a rush of 200 buyers', rush);
  await look(phone, 'busy');
  await shot(laptop, 'busy-laptop');
  await look(laptop, 'busy-laptop');
  others.close();

  // The line is cut at random; each time both pages find back to what the API tells.
  for (let n = 1; n <= Number(values.kills); n += 1) {
    await sleep(chance() * 600);
    const many = line.cut();
    assert.ok(many > 0, 'there was something to cut');
    if (chance() < 0.3) {
      await sleep(chance() * 300);
      line.cut();
    }
    await agree(phone, base, cookie);
    await agree(laptop, base, cookie);
  }
  say(`the line was cut ${values.kills} times, and the pages were what the API tells each time`);

  assert.equal((await heard.next()).value, 'CALM');
  await agree(phone, base, cookie);
  await phone.click(test('tab-curve'));
  await look(phone, 'curve');
  await phone.click(test('tab-orders'));

  // FIN: holds stay valid for a while, then the summary is there.
  await phone.click(test('finish'));
  await phone.click(test('finish-yes'));
  await phone.locator(`${test('closing')}, ${test('ended')}`).first().waitFor();
  await look(phone, 'closing');
  const ended = phone.locator(test('summary-link'));
  await ended.waitFor({ timeout: 240_000 });
  await agree(phone, base, cookie);
  await ended.click();
  await phone.waitForSelector(test('summary'));
  await phone.waitForSelector(test('summary-net'));
  const id = new URL(phone.url()).hash.split('/')[1];
  const answer = await fetch(`${base}/api/v1/lives/${id}/summary`, { headers: { cookie } });
  const { hot } = await answer.json();
  const raw = (name) => phone.locator(test(`summary-${name}`)).getAttribute('data-value');
  assert.equal(Number(await raw('net')), hot.net, 'the summary shows what the API tells');
  assert.ok(hot.paid > 0 && hot.placed >= hot.paid, JSON.stringify(hot));
  await look(phone, 'summary');
  await phone.screenshot({ path: `${out}/live-summary-whole.png`, fullPage: true });
  assert.deepEqual(complaints, [], 'the pages complained');
  say(`a live from start to summary: ${hot.placed} orders, ${hot.paid} paid, ${hot.net} F`);
} catch (error) {
  console.error(error.stack, complaints);
  for (const [n, context] of browser.contexts().entries()) {
    for (const page of context.pages()) await shot(page, `failed-${n}`).catch(() => {});
  }
  process.exitCode = 1;
} finally {
  await browser.close();
  line.close();
}
process.exit();
