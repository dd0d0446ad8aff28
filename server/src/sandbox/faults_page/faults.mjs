// The page of misbehaviours: reads /api/misbehaviours, sets it, and looks again every second.

const by = (id) => document.getElementById(id);
const rows = new Map();
let shown = null;

/** A piece of the page; texts never become markup. */
function make(tag, attributes, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...inside);
  return node;
}

/** French, then English in its own language. */
function both(french, english) {
  return [french, ' ', make('span', { lang: 'en' }, english)];
}

function say(words, bad = false) {
  by('state').replaceChildren(...words);
  by('state').classList.toggle('bad', bad);
}

/** A call to the sandbox; what it refuses is said on the page. */
async function call(method, path, body) {
  try {
    const answer = await fetch(path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = await answer.json();
    if (answer.ok) return told;
    say(both('Refusé :', `refused: ${told.title ?? answer.status}`), true);
  } catch {
    say(both('Le bac à sable ne répond pas.', 'The sandbox does not answer.'), true);
  }
  return null;
}

async function change(method, path, body, words) {
  if ((await call(method, path, body)) === null) return;
  say(words);
  await look();
}

function about(name) {
  return shown.list.find((one) => one.name === name);
}

/** A line of the list, built once: a slider and a number that follow each other. */
function row(one) {
  const id = `rate-${one.name}`;
  const bounds = { min: '0', max: '1000', 'aria-describedby': `${id}-does` };
  const slider = make('input', { ...bounds, type: 'range', step: '5', 'aria-label': one.label.fr });
  const number = make('input', { ...bounds, type: 'number', inputmode: 'numeric', id });
  const happened = make('span', { class: 'happened' });
  const set = (from) => {
    const rate = Math.min(1000, Math.max(0, Math.round(Number(from.value) || 0)));
    slider.value = number.value = String(rate);
    const words = both(`${one.label.fr} : ${rate} ‰`, `${one.label.en}: ${rate} per mille`);
    change('PUT', '/api/misbehaviours', { [one.name]: rate }, words);
  };
  slider.addEventListener('input', () => (number.value = slider.value));
  slider.addEventListener('change', () => set(slider));
  number.addEventListener('change', () => set(number));
  const line = make(
    'div',
    { class: 'one', 'data-test': one.name },
    make('label', { for: id }, make('strong', {}, one.label.fr), ' ', make('span', { lang: 'en' }, one.label.en)),
    make('p', { id: `${id}-does` }, ...both(one.sentence.fr, one.sentence.en)),
    make('div', { class: 'set' }, slider, number),
    make('p', {}, make('code', {}, one.name), ' · ', happened),
  );
  by('list').append(line);
  const option = () => make('option', { value: one.name }, `${one.label.fr} · ${one.label.en}`);
  by('what').append(option());
  if (one.outage) by('outage').append(option());
  return { slider, number, happened };
}

function draw(all) {
  const first = shown === null;
  shown = all;
  for (const one of all.list) {
    if (!rows.has(one.name)) rows.set(one.name, row(one));
    const { slider, number, happened } = rows.get(one.name);
    // Whoever is typing is not disturbed.
    if (document.activeElement !== slider && document.activeElement !== number) {
      slider.value = number.value = String(one.rate);
    }
    happened.replaceChildren(...both(`${one.happened} fois`, `${one.happened} times`));
  }
  if (first) explain();
  queue(all.queue);
  down(all.down);
}

function queue(orders) {
  const text = JSON.stringify(orders);
  if (by('queue').dataset.shown === text) return;
  by('queue').dataset.shown = text;
  by('queue').replaceChildren(...orders.map(waiting));
  by('forget').hidden = orders.length === 0;
}

function waiting(order) {
  const one = about(order.name);
  const unit = one.unit === 'ms' ? ' ms' : ' F';
  const value = order.value === null ? '' : ` · ${order.value}${unit}`;
  const target = order.for ?? 'le prochain · the next one';
  const label = `Retirer · Take back: ${one.label.fr}, ${target}`;
  const away = make('button', { type: 'button', 'aria-label': label }, '✕');
  away.addEventListener('click', () => {
    const words = both('Retiré.', 'Taken back.');
    change('DELETE', `/api/misbehaviours/queue/${order.id}`, undefined, words);
    by('orders').querySelector('select').focus();
  });
  return make('li', {}, `${one.label.fr} × ${order.times}${value} → ${target} `, away);
}

function down(state) {
  const told = Object.entries(state)
    .filter(([, outage]) => outage !== null)
    .map(([, outage]) => {
      const { label } = about(outage.name);
      const left = Math.ceil(outage.left_ms / 1000);
      return make('span', {}, ...both(`${label.fr}, encore ${left} s.`, `${label.en}, ${left} s left.`), ' ');
    });
  by('down').classList.toggle('bad', told.length > 0);
  by('down').replaceChildren(
    ...(told.length > 0 ? told : both('Les deux voisins répondent.', 'Both neighbours answer.')),
  );
}

/** What the chosen misbehaviour does, and what its value means. */
function explain() {
  const one = about(by('what').value);
  by('does').replaceChildren(...both(one.sentence.fr, one.sentence.en));
  by('valued').hidden = one.unit === null;
  by('value').value = '';
  by('value').placeholder = one.usual === null ? '' : String(one.usual);
  by('unit').textContent = one.unit === 'ms' ? 'Millisecondes · milliseconds' : 'Francs';
}

/** References and phones of today, to pick instead of typing. */
async function known() {
  const [charges, world] = await Promise.all([call('GET', '/api/charges'), call('GET', '/api/world')]);
  if (charges === null || world === null) return;
  const references = charges.slice(-20).reverse().filter((charge) => charge.reference);
  by('known').replaceChildren(
    ...references.map((charge) => make('option', { value: charge.reference }, `${charge.amount} F`)),
    ...world.phones.slice(0, 50).map((phone) => make('option', { value: phone.id }, phone.name)),
  );
}

async function look() {
  const all = await call('GET', '/api/misbehaviours');
  if (all !== null) draw(all);
}

by('what').addEventListener('change', explain);
by('for').addEventListener('focus', known);
by('orders').addEventListener('submit', (event) => {
  event.preventDefault();
  const one = about(by('what').value);
  const order = {
    name: one.name,
    for: by('for').value.trim() || null,
    times: Number(by('times').value) || 1,
    value: one.unit === null || by('value').value === '' ? null : Number(by('value').value),
  };
  const words = both(`Dans la file : ${one.label.fr}.`, `Queued: ${one.label.en}.`);
  change('POST', '/api/misbehaviours/queue', order, words);
});
by('forget').addEventListener('click', () => {
  change('DELETE', '/api/misbehaviours/queue', undefined, both('File vide.', 'Queue emptied.'));
});
by('behave').addEventListener('click', () => {
  const words = both('Tout va bien.', 'Everybody behaves.');
  change('DELETE', '/api/misbehaviours', undefined, words);
});
for (const [button, seconds] of [
  ['begin', () => Number(by('seconds').value) || 10],
  ['end', () => 0],
]) {
  by(button).addEventListener('click', () => {
    const order = { name: by('outage').value, seconds: seconds() };
    change('POST', '/api/misbehaviours/now', order, both('C’est fait.', 'Done.'));
  });
}

await look();
setInterval(() => document.hidden || look(), 1000);
