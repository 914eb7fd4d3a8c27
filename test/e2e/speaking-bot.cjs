// A bot that says how it is: it needs a login until a line is typed into it.
const { connect } = require('node:net');

const [, , path] = process.argv;
const secret = `what-logs-in-the-bot-${process.pid}`;
const startedAt = Date.now();
const socket = connect(path);
socket.on('error', () => process.exit(1));
const beat = (params) =>
  socket.write(
    `${JSON.stringify({ jsonrpc: '2.0', method: 'beat', params: { at: Date.now(), startedAt, ...params } })}\n`,
  );

beat({ connection: 'needs-login', why: 'scan it', needs: { kind: 'qr', text: secret } });
process.stdin.once('data', () => {
  beat({
    connection: 'ready',
    needs: null,
    in: { count: 3, lastAt: startedAt },
    out: { count: 2, lastAt: null },
    reconnects: 1,
    session: { createdAt: startedAt, refreshedAt: null, expiresAt: null },
    errors: {
      count: 1,
      last: { at: startedAt, name: 'TimeoutError', message: 'no answer', stack: 'x' },
    },
  });
});
setInterval(() => undefined, 1000);
