// The sandbox's phones.
import assert from 'node:assert/strict';
import { LAPTOP, PHONE } from '../browser.mjs';
import { start } from '../mock.mjs';
import { axe, close, noSideScroll, open, shot } from './kit.mjs';

export async function phonesOnALaptop() {
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

export async function phonesOnAPhone() {
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

async function say(phone, words) {
  await phone.locator('[data-test=message]').fill(words);
  await phone.locator('[data-test=send]').click();
}

async function tap(phone, title) {
  await phone.locator(`[data-test=reply][data-title="${title}"]`).last().click();
}
