// A bot with a login that it says the times of. Arguments: heartbeat socket, how long its first login lasts (ms), a directory.
// One that was renewed lasts a day, lest it runs out again while a test looks at it. It renews its login at SIGUSR1, and when
// there is a file `renew` in the directory. With a file `needs` there it waits for a QR code; with a file `stale` a start does
// not renew its login.
const { existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { connect } = require('node:net');
const { join } = require('node:path');

const [, , path, lasts, directory] = process.argv;
const at = (name) => join(directory, name);
const day = 24 * 3_600_000;
const startedAt = Date.now();
const socket = connect(path);
socket.on('error', () => process.exit(1));
const beat = (params) =>
  socket.write(
    `${JSON.stringify({ jsonrpc: '2.0', method: 'beat', params: { at: Date.now(), startedAt, ...params } })}\n`,
  );
const say = (since) => {
  const isRenewed = existsSync(at('since')) && readFileSync(at('since'), 'utf8') !== String(since);
  writeFileSync(at('since'), String(since));
  const expiresAt = since + (isRenewed ? day : Number(lasts));
  beat({
    connection: 'ready',
    needs: null,
    session: { createdAt: since, refreshedAt: since, expiresAt },
  });
};

if (existsSync(at('needs'))) {
  beat({ connection: 'needs-login', why: 'scan it', needs: { kind: 'qr', text: 'secret' } });
} else {
  say(existsSync(at('stale')) ? Number(readFileSync(at('since'), 'utf8')) : startedAt);
}
process.on('SIGUSR1', () => {
  if (!existsSync(at('deaf'))) say(Date.now());
});
setInterval(() => {
  if (!existsSync(at('renew'))) return;
  rmSync(at('renew'));
  say(Date.now());
}, 100);
