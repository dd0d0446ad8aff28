// The road between the browser and the server: a plain TCP relay whose connections can be cut,
// as a tunnel or a lost antenna does.
import net from 'node:net';

export class Line {
  #open = new Set();
  #server;

  /** Opens it towards `http://host:port`; `url` is where the browser goes. */
  static async to(target) {
    const { hostname, port } = new URL(target);
    const line = new Line();
    line.#server = net.createServer((near) => {
      const far = net.connect(Number(port), hostname);
      line.#open.add(near);
      const end = () => {
        line.#open.delete(near);
        near.destroy();
        far.destroy();
      };
      for (const socket of [near, far]) socket.on('error', end).on('close', end);
      near.pipe(far).pipe(near);
    });
    await new Promise((ready) => line.#server.listen(0, '127.0.0.1', ready));
    line.url = `http://127.0.0.1:${line.#server.address().port}`;
    return line;
  }

  /** Cuts every connection there is, in the middle of whatever it carries. */
  cut() {
    const many = this.#open.size;
    for (const socket of this.#open) socket.resetAndDestroy();
    return many;
  }

  close() {
    this.cut();
    this.#server.close();
  }
}
