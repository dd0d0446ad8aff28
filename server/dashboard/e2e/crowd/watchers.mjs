// A hundred other dashboards of the same shop: sockets that listen and do nothing else.
import WebSocket from 'ws';

/** The cookie a sign-in link gives. */
export async function session(link) {
  const answer = await fetch(link, { redirect: 'manual' });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  if (cookies.length === 0) throw new Error(`no session from ${link}: ${answer.status}`);
  return cookies.join('; ');
}

export async function watch(base, cookie, many) {
  const url = `${base.replace(/^http/, 'ws')}/ws?after=0`;
  const sockets = [];
  const counts = { frames: 0, lost: 0 };
  for (let n = 0; n < many; n += 1) {
    const socket = new WebSocket(url, { headers: { cookie, origin: base } });
    socket.on('message', () => (counts.frames += 1));
    socket.on('close', () => (counts.lost += 1));
    await new Promise((open, fail) => socket.once('open', open).once('error', fail));
    sockets.push(socket);
  }
  return {
    counts,
    close() {
      for (const socket of sockets) socket.removeAllListeners('close').terminate();
    },
  };
}
