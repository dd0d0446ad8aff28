// She runs the live with her thumb: every button waits for the server, and says what went wrong.
import assert from 'node:assert/strict';
import { PHONE } from '../browser.mjs';
import { start } from '../mock.mjs';
import { axe, close, complaints, fingers, noSideScroll, open, OUT, shot, text } from './kit.mjs';

export async function aLiveFromStartToEnd() {
  const mock = await start({ state: 'none' });
  const page = await open(mock.url, PHONE);
  await page.waitForSelector('[data-test=start]');
  assert.match(await page.inputValue('[data-test=start-name]'), /^Live du \S+ \d\d\/\d\d$/);
  await page.fill('[data-test=start-name]', 'Spécial Tabaski');
  await page.click('[data-test=start-go]');
  await page.waitForSelector('[data-test=finish]');
  assert.match(await text(page, 'live-state'), /En direct/);
  assert.equal(mock.state.board.live.title, 'Spécial Tabaski');
  await page.click('[data-test=pause]');
  await page.click('[data-test=resume]');
  await page.click('[data-test=finish]');
  await page.waitForSelector('[data-test=finish-ask]');
  await axe(page, 'finish');
  await shot(page, 'finish-ask');
  // Escape is a no.
  await page.keyboard.press('Escape');
  await page.locator('[data-test=finish-ask]').waitFor({ state: 'detached' });
  // Somebody ended it on WhatsApp meanwhile: the box says what the server says.
  await page.click('[data-test=finish]');
  const { live } = mock.state.board;
  mock.state.board.live = null;
  await page.click('[data-test=finish-yes]');
  await page.locator('[data-test=finish-trouble]', { hasText: 'Aucun live' }).waitFor();
  complaints.length = 0; // The browser's console mentions every 409.
  mock.state.board.live = live;
  await page.click('[data-test=finish-yes]');
  await page.waitForSelector('[data-test=closing]');
  await axe(page, 'closing');
  assert.match(await text(page, 'reopen'), /Rouvrir\s+[12]:\d\d/);
  await page.click('[data-test=reopen]');
  await page.waitForSelector('[data-test=pause]');
  await close(page, mock);
}

export async function goodsUnderTheThumb() {
  const mock = await start();
  const page = await open(mock.url, PHONE);
  await page.click('[data-test=tab-stock]');
  const robe = page.locator('[data-test=product][data-keyword=ROBE1]');
  const row = robe.locator('[data-test=stock-row]').first();
  assert.equal(await row.getAttribute('data-available'), '7');
  // Nothing is shown as done before the server spoke.
  let go;
  mock.state.slow = new Promise((done) => (go = done));
  await row.locator('[data-test=plus]').click();
  assert.equal((await row.locator('[data-test=plus]').innerText()).trim(), '…');
  await row.locator('[data-test=plus]').click({ force: true });
  assert.equal(await row.getAttribute('data-available'), '7');
  go();
  await page.waitForFunction(
    () => document.querySelector('[data-test=stock-row]')?.getAttribute('data-available') === '8',
  );
  await row.locator('[data-test=minus]').click();
  await page.waitForFunction(
    () => document.querySelector('[data-test=stock-row]')?.getAttribute('data-available') === '7',
  );

  // What the server refuses stands above the thumb, in its words.
  const large = robe.locator('[data-test=stock-row]').nth(2);
  await large.locator('[data-test=minus]').click();
  assert.match(await text(page, 'trouble'), /Une pièce de moins, ROBE1 L.*dans une commande/s);
  await axe(page, 'trouble');
  await shot(page, 'trouble');
  complaints.length = 0; // The browser's console mentions every 409.
  await page.click('[data-test=trouble] button');

  await robe.locator('[data-test=outlook]').click();
  assert.match(await robe.innerText(), /8 fois sur 10/);
  const sac = page.locator('[data-test=product][data-keyword=SAC2]');
  await sac.locator('[data-test=show]').click();
  await sac.locator('[data-test=showing]').waitFor();
  await page.click('[data-test=first-paid]');
  await page.waitForSelector('[data-test=first-paid][aria-pressed=true]');

  // The camera's picture is made small before it travels.
  const scarf = page.locator('[data-test=product][data-keyword=FOULARD]');
  await scarf.locator('input[type=file]').setInputFiles({
    name: 'photo.png',
    mimeType: 'image/png',
    buffer: await bigPicture(page),
  });
  await scarf.locator('img').waitFor();
  assert.equal(mock.state.taken.type, 'image/jpeg');
  assert.ok(mock.state.taken.size <= 200 * 1024);
  await scarf.locator('input[type=file]').setInputFiles({
    name: 'notes.txt',
    mimeType: 'image/png',
    buffer: Buffer.from('not a picture'),
  });
  assert.match(await text(page, 'trouble'), /ne peut pas être lue/);
  await close(page, mock);
}

/** 2000 × 1500 px of noise, as PNG. */
async function bigPicture(page) {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2000, 1500];
    const pen = canvas.getContext('2d');
    for (let i = 0; i < 4000; i += 1) {
      pen.fillStyle = `hsl(${(i * 37) % 360} 70% 50%)`;
      pen.fillRect((i * 97) % 2000, (i * 61) % 1500, 60, 60);
    }
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.split(',')[1], 'base64');
}

export async function whatToDoNow() {
  const mock = await start();
  const page = await open(mock.url, PHONE);
  const items = page.locator('[data-test=todo-item]');
  await items.first().waitFor();
  assert.deepEqual(await items.evaluateAll((all) => all.map((one) => one.dataset.kind)), [
    'waitlist',
    'refund',
    'owed',
  ]);
  assert.equal(await page.locator('[aria-live]').count(), 1);
  // One more of what people wait for.
  await items.nth(0).locator('[data-test=todo-act]').click();
  await page.waitForFunction(
    () => document.querySelectorAll('[data-test=stock-row]')[2]?.dataset.available === '1',
  );
  // The order of a payment that was taken back.
  await items.nth(2).locator('[data-test=todo-act]').click();
  await page.waitForFunction(() => document.activeElement?.dataset.order === '15');
  await items.nth(1).locator('[data-test=todo-act]').click();
  await page.waitForSelector('[data-test=desk][data-tab=refunds]');
  await page.goBack();
  const asked = { kind: 'cancellation', id: 20, amount: 15000, client: 'Fatou S.', order: 20, at: '' };
  mock.rows({ todo: { total: 1, items: [asked] } });
  await page.waitForSelector('[data-test=todo][data-count="1"]');
  await items.first().locator('[data-test=todo-act]').click();
  await page.waitForSelector('[data-test=desk][data-tab=cancellations]');
  await close(page, mock);
}

export async function numbersExplainThemselvesAndHide() {
  const mock = await start();
  const page = await open(mock.url, PHONE);
  await page.waitForSelector('[data-test=figure-paying]');
  await page.click('[data-test=figure-paying]');
  assert.match(await text(page, 'figures-about'), /choisi comment payer/);
  await axe(page, 'definition');
  await shot(page, 'definition');
  await page.click('[data-test=veil]');
  assert.doesNotMatch(await page.innerText('main'), /342|15\u202f000|75\u202f000|9\u202f500/);
  await shot(page, 'veiled');
  await page.reload();
  await page.waitForSelector('[data-test=veil][aria-pressed=true]');
  assert.equal(await text(page, 'figure-collected'), '• • •');
  await page.click('[data-test=signal]');
  await page.reload();
  await page.waitForSelector('[data-test=signal]:not([data-signal=off])');
  await close(page, mock);
}

export async function theSummaryHotThenSettled() {
  const mock = await start({ state: 'ended' });
  for (const [language, colorScheme] of [['fr', 'light'], ['en', 'dark']]) {
    const page = await open(mock.url, PHONE, { language, colorScheme });
    await page.click('[data-test=summary-link]');
    await page.waitForSelector('[data-test=summary][data-settled=false]');
    await page.waitForSelector('[data-test=curve]');
    await noSideScroll(page);
    await fingers(page);
    await axe(page, `summary ${language}`);
    await shot(page, `summary-hot-${language}`, true);
    await page.click('[data-test=summary-conversion]');
    assert.ok((await text(page, 'about')).length > 40);
    const download = page.waitForEvent('download');
    await page.click('[data-test=share]');
    const file = await download;
    assert.match(file.suggestedFilename(), /^live-\d{4}-\d\d-\d\d\.png$/);
    await file.saveAs(`${OUT}/card-${language}.png`);
    await close(page);
  }
  mock.state.live.settle();
  const page = await open(`${mock.url}/#live/1`, { width: 1280, height: 800 });
  await page.waitForSelector('[data-test=summary][data-settled=true]');
  assert.equal(await text(page, 'summary-net'), '327\u202f000\u202fF');
  assert.match(await text(page, 'adjustments'), /n° 17[^]*−15\u202f000\u202fF/);
  await axe(page, 'summary settled');
  await shot(page, 'summary-settled', true);
  await page.click('[data-test=hot]');
  await page.waitForSelector('[data-test=summary][data-settled=false]');
  await page.goto(`${mock.url}/#lives`);
  await page.waitForSelector('[data-test=live-row]');
  assert.equal(await page.locator('[data-test=live-row]').count(), 2);
  await axe(page, 'lives');
  await shot(page, 'lives');
  await close(page, mock);
}
