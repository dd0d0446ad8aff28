// Opens both pages against the mock, checks what a person would check, keeps the pictures.
//   node e2e/look.mjs [folder]      exit code 0 when every check holds
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { LAPTOP, launch, PHONE } from './browser.mjs';
import { HOSTILE, order } from './mock-data.mjs';
import { start } from './mock.mjs';

const OUT = process.argv[2] ?? new URL('./out', import.meta.url).pathname;
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

await mkdir(OUT, { recursive: true });
const browser = await launch();
const complaints = [];
let failed = 0;

for (const [name, run] of Object.entries({
  boardOnAPhone,
  boardOnALaptop,
  boardInTheDark,
  boardStrangers,
  deskOnAPhone,
  deskInOtherClothes,
  phonesOnALaptop,
  phonesOnAPhone,
})) {
  complaints.length = 0;
  try {
    await run();
    assert.deepEqual(complaints, [], 'the browser complained');
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.error(`FAIL  ${name}\n${error.stack}`);
  }
}
await browser.close();
console.log(failed === 0 ? `Pages look right. Pictures: ${OUT}` : `${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function boardOnAPhone() {
  const mock = await start();
  const page = await open(mock.url, PHONE);
  await page.waitForSelector('[data-test=link][data-quality=good]');
  assert.equal(await text(page, 'figure-collected'), '342\u202f000\u202fF');
  assert.match(await text(page, 'as-of'), /^données de \d\d:\d\d:\d\d$/);
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
  mock.rows({ orders: [paid], figures: { orders: 26, paid: 19, open: 6, collected: 354000 } });
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
  assert.match(await text(page, 'as-of'), /^data of/);

  // The line breaks: the page says so and keeps what it has; then it heals by itself.
  mock.reach(false);
  await page.waitForSelector('[data-test=link][data-quality=offline]');
  assert.equal(await text(page, 'figure-collected'), '354\u202f000\u202fF');
  complaints.length = 0;
  mock.reach(true);
  mock.rows({ orders: [], figures: { orders: 27, paid: 20, open: 6, collected: 366000 } });
  await page.waitForSelector('[data-test=link][data-quality=good]', { timeout: 20_000 });
  await page.waitForSelector('[data-test=figure-collected][data-value="366000"]');
  complaints.length = 0;
  await close(page, mock);
}

async function boardOnALaptop() {
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

async function boardInTheDark() {
  const mock = await start();
  const page = await open(mock.url, PHONE, 'dark');
  await page.waitForSelector('[data-test=link][data-quality=good]');
  await axe(page, 'board dark');
  await shot(page, 'board-dark');
  await close(page, mock);
}

async function boardStrangers() {
  const closed = await start({ signedIn: false });
  const page = await open(closed.url, PHONE);
  await page.waitForSelector('[data-test=sign-in]');
  complaints.length = 0; // The browser's console mentions every 401.
  await axe(page, 'sign in');
  await shot(page, 'sign-in');
  await close(page, closed);

  const quiet = await start({ empty: true });
  const other = await open(quiet.url, PHONE);
  await other.waitForSelector('[data-test=board]');
  await axe(other, 'empty board');
  await shot(other, 'board-empty');
  await close(other, quiet);
}

async function deskOnAPhone() {
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
  await page.screenshot({ path: `${OUT}/desk-refunds.png`, fullPage: true });

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

async function deskInOtherClothes() {
  const mock = await start();
  const page = await open(mock.url, LAPTOP, 'dark');
  await page.click('[data-test=language-en]');
  await page.click('[data-test=desk-link]');
  await page.locator('[data-test=refund]').first().waitFor();
  await axe(page, 'desk dark');
  await shot(page, 'desk-dark-laptop');
  await close(page, mock);
  const quiet = await start({ empty: true });
  const other = await open(`${quiet.url}/#desk`, PHONE);
  await other.waitForSelector('[data-test=empty]');
  await axe(other, 'desk empty');
  await shot(other, 'desk-empty');
  await close(other, quiet);
}

async function phonesOnALaptop() {
  const mock = await start();
  const page = await open(`${mock.url}/phones`, LAPTOP);
  const phone = (name) => page.locator(`[data-test=phone][data-name=${name}]`);
  await phone('Moussa').waitFor();
  assert.equal(await page.locator('[data-test=phone]').count(), 2);
  await say(phone('Aminata'), 'ROBE1');
  await tap(phone('Aminata'), 'PAYER');
  await tap(phone('Aminata'), 'Wave');
  const link = phone('Aminata').locator('[data-test=link]');
  await link.waitFor();
  assert.equal(await link.getAttribute('target'), '_blank');
  assert.equal(await phone('Aminata').locator('[data-tick=read]').count(), 3);
  await say(phone('Moussa'), 'CATALOGUE');
  await phone('Moussa').locator('[data-test=open-list]').click();
  await axe(page, 'phones laptop');
  await shot(page, 'phones-laptop');
  await phone('Moussa').locator('[data-test=row][data-title=ROBE1]').click();
  await phone('Moussa').locator('[data-test=reply][data-title=PAYER]').waitFor();
  await page.click('[data-test=add-phone]');
  await page.fill('[data-test=new-name]', 'Fatou');
  await page.check('dialog input[type=checkbox]');
  await shot(page, 'phones-add');
  await page.click('[data-test=new-create]');
  await phone('Fatou').waitFor();
  await shot(page, 'phones-three');
  await page.reload();
  await phone('Fatou').waitFor();
  assert.equal(await page.locator('[data-test=phone]').count(), 3);
  await close(page, mock);
}

async function phonesOnAPhone() {
  const mock = await start();
  const page = await open(`${mock.url}/phones`, PHONE);
  const phone = page.locator('[data-test=phone][data-name=Aminata]');
  await phone.waitFor();
  await shot(page, 'phones-phone-empty');
  await say(phone, 'ROBE1');
  await phone.locator('[data-test=reply]').first().waitFor();
  await noSideScroll(page);
  await axe(page, 'phones phone');
  await shot(page, 'phones-phone');
  await close(page, mock);
}

async function open(url, viewport, colorScheme = 'light') {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return page;
}

async function close(page, mock) {
  await page.context().close();
  mock.stop();
}

async function text(page, name) {
  return (await page.locator(`[data-test=${name}]`).first().innerText()).trim();
}

async function rowTop(page, n) {
  return Math.round((await page.locator(`[data-order="${n}"]`).boundingBox()).y);
}

async function say(phone, words) {
  await phone.locator('[data-test=message]').fill(words);
  await phone.locator('[data-test=send]').click();
}

async function tap(phone, title) {
  await phone.locator(`[data-test=reply][data-title="${title}"]`).last().click();
}

async function noSideScroll(page) {
  const [inner, scroll] = await page.evaluate(() => [
    document.documentElement.clientWidth,
    document.documentElement.scrollWidth,
  ]);
  assert.ok(scroll <= inner, `the page scrolls sideways: ${scroll} > ${inner}`);
}

/** Everything she taps in the page's body is at least 44 px high. */
async function fingers(page) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('main button, main a, nav button, header a')]
      .filter((one) => one.getBoundingClientRect().height < 44)
      .map((one) => one.outerHTML),
  );
  assert.deepEqual(small, []);
}

async function shot(page, name) {
  await page.screenshot({ path: `${OUT}/${name}.png` });
}

/** WCAG 2.2 AA as far as a machine can tell. The debugger is not bound by the page's policy. */
async function axe(page, where) {
  await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await page.evaluate((values) => {
    return window.axe.run({ runOnly: { type: 'tag', values } });
  }, tags);
  const lines = found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
  assert.deepEqual(lines, [], `axe on ${where}`);
}
