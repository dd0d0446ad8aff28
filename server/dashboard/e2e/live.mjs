// Runs a live from the vendor's page against a real server whose live is on, and reads what it
// came to:
//   node e2e/live.mjs --board '<sign-in link>' [--out folder]
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { launch, vendorPage } from './browser.mjs';

const { values } = parseArgs({ options: { board: { type: 'string' }, out: { type: 'string' } } });
if (!values.board) {
  console.error("usage: node e2e/live.mjs --board 'SIGN-IN LINK' [--out FOLDER]");
  process.exit(2);
}
const out = values.out ?? new URL('./out', import.meta.url).pathname;
await mkdir(out, { recursive: true });
const browser = await launch();
const { page, complaints } = await vendorPage(browser);
const shot = (name) => page.screenshot({ path: `${out}/${name}.png` });

try {
  await page.goto(values.board);
  await page.waitForSelector('[data-test=link][data-quality=good]');
  await page.click('[data-test=pause]');
  await page.click('[data-test=resume]');
  await page.waitForSelector('[data-test=pause]');
  await goods();
  await shot('live-goods');

  // FIN and back, then FIN for good.
  await finish();
  await page.click('[data-test=reopen]');
  await page.waitForSelector('[data-test=pause]');
  await finish();
  await page.waitForSelector('[data-test=ended]');
  await shot('live-ended');
  await page.click('[data-test=summary-link]');
  await page.waitForSelector('[data-test=summary][data-settled=false]');
  await page.waitForSelector('#curve');
  await shot('live-summary');
  const download = page.waitForEvent('download');
  await page.click('[data-test=share]');
  await (await download).saveAs(`${out}/live-card.png`);
  await page.goBack();

  // A new live begins.
  await page.fill('[data-test=start-name]', 'Le soir');
  await page.click('[data-test=start-go]');
  await page.waitForSelector('[data-test=pause]');
  await page.getByText('Le soir').waitFor();
  assert.deepEqual(complaints, [], 'the page complained');
  console.log(`A live was run from its page, and told what it came to. Pictures: ${out}`);
} catch (error) {
  console.error(error.stack, complaints);
  await shot('live-failed').catch(() => {});
  process.exitCode = 1;
} finally {
  await browser.close();
}

/** One more, one less, held up, a new picture. */
async function goods() {
  await page.click('[data-test=tab-stock]');
  const robe = page.locator('[data-test=product][data-keyword=ROBE1]');
  const row = robe.locator('[data-test=stock-row]');
  const before = Number(await row.getAttribute('data-available'));
  await row.locator('[data-test=plus]').click();
  await robe.locator(`[data-available="${before + 1}"]`).waitFor();
  await row.locator('[data-test=minus]').click();
  await robe.locator(`[data-available="${before}"]`).waitFor();
  await robe.locator('[data-test=show]').click();
  await robe.locator('[data-test=showing]').waitFor();
  const image = robe.locator('img');
  const had = (await image.count()) > 0 ? await image.getAttribute('src') : null;
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1600, 1200];
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#a33b1f';
    pen.fillRect(0, 0, 1600, 1200);
    pen.fillStyle = '#f2a516';
    pen.fillRect(500, 200, 600, 900);
    return canvas.toDataURL('image/png');
  });
  await robe.locator('input[type=file]').setInputFiles({
    name: 'robe.png',
    mimeType: 'image/png',
    buffer: Buffer.from(drawn.split(',')[1], 'base64'),
  });
  await page.waitForFunction((old) => {
    const image = document.querySelector('[data-keyword=ROBE1] img');
    const src = image?.getAttribute('src') ?? null;
    return src !== null && src !== old && image.complete && image.naturalWidth > 0;
  }, had);
}

async function finish() {
  await page.click('[data-test=finish]');
  await page.click('[data-test=finish-yes]');
  await page.locator('[data-test=reopen]').waitFor();
}
