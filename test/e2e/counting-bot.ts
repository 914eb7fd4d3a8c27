// A bot whose messages are the lines of a file; it counts each, and answers it. While there is a file DEAF it hears nothing.
import { existsSync, readFileSync } from 'node:fs';
import { createHeartbeat } from '../../agent/heartbeat/main.ts';

const [inbox = '', deaf = ''] = process.argv.slice(2);
const beat = createHeartbeat();
beat.connection('ready');
beat.received(0);
let read = 0;

setInterval(() => {
  if (existsSync(deaf) || !existsSync(inbox)) return;
  const lines = readFileSync(inbox, 'utf8').split('\n').length - 1;
  beat.received(lines - read);
  beat.sent(lines - read);
  read = lines;
}, 50);
