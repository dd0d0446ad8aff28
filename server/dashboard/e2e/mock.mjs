// A stand-in for the server and the sandbox, for looking at the pages without either: serves
// dist/ under the strict policy of the real server, a made-up board and a chat that answers.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';
import { board } from './mock-board.mjs';
import { Desk } from './mock-desk.mjs';
import { Live } from './mock-live.mjs';
import { World } from './mock-world.mjs';

const DIST = new URL('../dist/', import.meta.url).pathname;
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/** Starts on a free port. `signedIn: false` makes the board answer 401; `sockets: false` leaves
 * polling. `state` is how the live stands, see `board()`. */
export async function start({ signedIn = true, state: how = 'live', sockets: wired = true } = {}) {
  const state = {
    board: board(how),
    desk: new Desk(how === 'empty'),
    world: new World(),
    signedIn,
    reachable: true,
  };
  const boards = new Set();
  const phones = new Set();
  const http = createServer((request, response) => {
    serve(state, phones, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    if (!state.reachable || !wired) return socket.destroy();
    const room = request.url.startsWith('/ws?') ? boards : phones;
    sockets.handleUpgrade(request, socket, head, (one) => {
      room.add(one);
      one.on('close', () => room.delete(one));
      if (room === boards) one.send(JSON.stringify({ type: 'ping', at: now(), seq: state.board.seq }));
    });
  });
  await new Promise((ready) => http.listen(0, '127.0.0.1', ready));
  const mock = {
    url: `http://127.0.0.1:${http.address().port}`,
    state,
    /** Sends changed rows to every open board, and remembers them. */
    rows(change) {
      keep(state.board, change);
      const frame = { type: 'rows', at: now(), seq: state.board.seq, ...change };
      for (const one of boards) one.send(JSON.stringify(frame));
    },
    /** Cuts every line, or mends them. */
    reach(yes) {
      state.reachable = yes;
      if (!yes) for (const one of [...boards, ...phones]) one.terminate();
    },
    stop() {
      for (const one of [...boards, ...phones]) one.terminate();
      http.closeAllConnections();
      http.close();
    },
  };
  state.live = new Live({ board: state.board, rows: (change) => mock.rows(change) });
  return mock;
}

/** Puts changed rows where they belong, as the server's tables would. */
function keep(board, { orders = [], stock = [], ...whole }) {
  board.seq += 1;
  for (const row of orders) {
    row.seq = board.seq;
    board.orders = [row, ...board.orders.filter((one) => one.order !== row.order)];
  }
  board.stock = board.stock.map((old) => stock.find((row) => row.variant === old.variant) ?? old);
  const { curve: _curve, ...parts } = whole;
  Object.assign(board, parts);
}

function now() {
  return new Date().toISOString();
}

async function serve(state, phones, request, response) {
  const path = new URL(request.url, 'http://x').pathname;
  if (!state.reachable) return request.socket.destroy();
  if (path === '/api/v1/board') {
    if (!state.signedIn) return json(response, { title: 'Unauthorized', status: 401 }, 401);
    return json(response, { ...state.board, at: now() });
  }
  if (path.startsWith('/api/v1/')) {
    if (path.startsWith('/api/v1/photos/')) return photo(response, path);
    const { method, headers } = request;
    const body = method === 'POST' ? JSON.parse(await text(request)) : await bytes(request);
    if (method === 'PUT') state.taken = { size: body.length, type: headers['content-type'] };
    const short = path.slice('/api/v1'.length);
    await state.slow;
    const [status, answer] =
      state.live.answer(method, short, body, headers) ?? state.desk.answer(short, body, headers);
    return json(response, answer, status);
  }
  if (path.startsWith('/api/')) return sandbox(state.world, phones, path, request, response);
  const name = path === '/' ? 'index.html' : path === '/phones' ? 'phones.html' : path.slice(1);
  const file = await readFile(join(DIST, normalize(name))).catch(() => null);
  if (file === null) return response.writeHead(404).end();
  const type = TYPES[extname(name)] ?? 'image/svg+xml';
  response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(file);
}

async function sandbox(world, phones, path, request, response) {
  const tell = (event) => {
    for (const one of phones) one.send(JSON.stringify(event));
  };
  if (path === '/api/world') return json(response, world.answer());
  const body = JSON.parse(await text(request));
  if (path === '/api/phones') return json(response, world.add(body));
  const phone = path.split('/')[3];
  return json(response, { wamid: world.hear(phone, body, tell) });
}

function json(response, body, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A drawing instead of a photo: the mock has no camera. */
function photo(response, path) {
  const shapes = { robe: 'M18 10h28l-4 14 12 34H10l12-34z', sac: 'M12 24h40v30H12zM22 24v-8h20v8' };
  const shape = shapes[path.split('/').at(-1)] ?? 'M10 10h44v44H10z';
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
    + '<path fill="#f6d9b0" d="M0 0h64v64H0z"/>'
    + `<path fill="#a33b1f" d="${shape}"/></svg>`;
  response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(svg);
}

async function bytes(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

async function text(request) {
  let all = '';
  for await (const part of request) all += part;
  return all;
}
