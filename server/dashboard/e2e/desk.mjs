// Gives money back at the vendor's desk, against a real server that has one refund to send.
// Started by the test `house::desk::browser`:
//   node e2e/desk.mjs --board '<sign-in link>' [--out folder]
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { launch, vendorPage } from './browser.mjs';

const { values } = parseArgs({ options: { board: { type: 'string' }, out: { type: 'string' } } });
if (!values.board) {
  console.error("usage: node e2e/desk.mjs --board 'SIGN-IN LINK' [--out FOLDER]");
  process.exit(2);
}
const out = values.out ?? new URL('./out', import.meta.url).pathname;
await mkdir(out, { recursive: true });
const browser = await launch();
const { page, complaints } = await vendorPage(browser);

try {
  await page.goto(values.board);
  await page.click('[data-test=desk-link][data-count="1"]');
  const refund = page.locator('[data-test=refund]');
  await refund.waitFor();
  assert.match(await refund.innerText(), /Aminata D\.[^]*12\u202f000\u202fF[^]*À envoyer/);
  await page.screenshot({ path: `${out}/desk-due.png` });
  await page.click('[data-test=take]');
  await page.locator('[data-test=take]').waitFor({ state: 'detached' });
  await page.click('[data-test=send-open]');
  await page.fill('[data-test=field-evidence]', 'TX-77120');
  await page.screenshot({ path: `${out}/desk-sending.png` });
  await page.click('[data-test=submit]');
  await page.waitForSelector('[data-test=refund][data-state=sent]');
  await page.click('[data-test=confirm]');
  await refund.waitFor({ state: 'detached' });
  await page.waitForSelector('[data-test=empty]');
  await page.screenshot({ path: `${out}/desk-empty.png` });
  await page.click('[data-test=back]');
  await page.waitForSelector('[data-test=desk-link][data-count="0"]');
  assert.deepEqual(complaints, [], 'the page complained');
  console.log(`A refund was sent from the desk and left the list. Pictures: ${out}`);
} catch (error) {
  console.error(error.stack, complaints);
  await page.screenshot({ path: `${out}/desk-failed.png` }).catch(() => {});
  process.exitCode = 1;
} finally {
  await browser.close();
}
