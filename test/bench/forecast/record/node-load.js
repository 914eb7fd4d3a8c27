// One Node program under a load of its own making. argv: kind, then numbers.
const [kind, a = '64', b = '20'] = process.argv.slice(2);
const size = Number(a);
const every = Number(b);
const text = (bytes) =>
  Math.random()
    .toString(36)
    .repeat(Math.ceil(bytes / 11));
const kinds = {
  // A cache that is full at some time and then drops its oldest.
  lru: () => {
    const kept = new Map();
    setInterval(() => {
      kept.set(Math.random(), Buffer.alloc(64 * 1024, 1));
      if (kept.size > size * 16) kept.delete(kept.keys().next().value);
    }, every);
  },
  // Objects that live for a while: the old generation fills and is collected.
  churn: () => {
    let kept = [];
    setInterval(() => {
      kept.push(Array.from({ length: 400 }, (_, i) => ({ i, t: text(20) })));
      if (kept.length > size) kept = kept.slice(size / 2);
    }, every);
  },
  // Requests over HTTP, in bursts.
  http: async () => {
    const { createServer } = await import('node:http');
    const server = createServer((request, answer) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => answer.end(JSON.stringify({ ...JSON.parse(body), at: Date.now() })));
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      const ask = () =>
        fetch(`http://127.0.0.1:${port}`, {
          method: 'POST',
          body: JSON.stringify({ text: text(size * 1024) }),
        }).then((answer) => answer.json());
      setInterval(() => {
        const wave = 1 + Math.sin(Date.now() / 240_000) ** 2 * 4;
        for (let i = 0; i < wave; i += 1) ask().catch(() => {});
      }, every);
    });
  },
  // A job now and then that takes much and gives it back.
  jobs: () => {
    setInterval(() => {
      const rows = Array.from({ length: size * 1000 }, (_, i) => ({ i, t: text(12) }));
      setTimeout(() => rows.sort((x, y) => (x.t < y.t ? -1 : 1)), 15_000);
    }, every * 1000);
  },
  idle: () => setInterval(() => {}, 1000),
};
kinds[kind]();
