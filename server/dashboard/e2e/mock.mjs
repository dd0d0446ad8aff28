// A stand-in for the server and the sandbox, for looking at the pages without either: serves
// dist/ under the strict policy of the real server, a made-up board and a chat that answers.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';
import { Desk } from './mock-desk.mjs';
import { board, World } from './mock-data.mjs';

const DIST = new URL('../dist/', import.meta.url).pathname;
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/** Starts on a free port. `signedIn: false` makes the board answer 401. */
export async function start({ signedIn = true, empty = false } = {}) {
  const state = {
    board: board(empty),
    desk: new Desk(empty),
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
    if (!state.reachable) return socket.destroy();
    const room = request.url.startsWith('/ws?') ? boards : phones;
    sockets.handleUpgrade(request, socket, head, (one) => {
      room.add(one);
      one.on('close', () => room.delete(one));
      if (room === boards) one.send(JSON.stringify({ type: 'ping', at: now(), seq: state.board.seq }));
    });
  });
  await new Promise((ready) => http.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${http.address().port}`,
    state,
    /** Sends changed rows to every open board, and remembers them. */
    rows(change) {
      state.board.seq += 1;
      for (const row of change.orders ?? []) {
        row.seq = state.board.seq;
        state.board.orders = [row, ...state.board.orders.filter((o) => o.order !== row.order)];
      }
      Object.assign(state.board, change.figures ? { figures: change.figures } : {});
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
    const body = request.method === 'POST' ? JSON.parse(await text(request)) : null;
    const [status, answer] = state.desk.answer(path.slice('/api/v1'.length), body, request.headers);
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

async function text(request) {
  let all = '';
  for await (const part of request) all += part;
  return all;
}
