// A bot as a unit, without a service to talk to: it is ready, and says so as real ones do.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const { createHeartbeat } = createRequire('/opt/telegram-gateway/')('holdfast/heartbeat');

const token = readFileSync(join(process.env.CREDENTIALS_DIRECTORY, 'telegram-token'), 'utf8');
const beat = createHeartbeat({ everyMs: 2000 });
console.log('gateway: up and ready');
beat.connection(token === 'lab\n' ? 'ready' : 'logged-out');
process.once('SIGTERM', () => process.exit(0));
setInterval(() => undefined, 1000);
