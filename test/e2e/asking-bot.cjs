// A bot that has to be logged in, and says so again where the agent was away. Told `next` it gives a QR code, another each
// time, told `ready` it is logged in. What its codes hold it makes itself, so that nobody types it.
const { connect } = require('node:net');

const [, , path] = process.argv;
const startedAt = Date.now();
let codes = 0;
let isReady = false;
let socket;

const text = () => `what-logs-in-the-bot-${process.pid}-${codes}`;
const how = () => {
  if (isReady) return { connection: 'ready', needs: null };
  if (codes === 0) return { connection: 'connecting' };
  return { connection: 'needs-login', why: 'scan it', needs: { kind: 'qr', text: text() } };
};
const say = () => {
  const params = { at: Date.now(), startedAt, ...how() };
  socket.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'beat', params })}\n`);
};
const open = () => {
  socket = connect(path, say);
  socket.on('error', () => undefined);
  socket.on('close', () => setTimeout(open, 200));
};

open();
process.stdin.on('data', (typed) => {
  if (String(typed).includes('ready')) isReady = true;
  else codes += 1;
  say();
});
