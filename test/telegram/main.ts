import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { tellAccepted } from './main/accepted-lines.ts';
import { obeyFor } from './main/orders.ts';
import { startBotApi } from './server.ts';

const usage = `usage: bin/node test/telegram/main.ts [--port N] [--token TOKEN] [--username NAME] [--pictures DIR]

A stand-in for the Bot API on 127.0.0.1. It prints {"ready":true,"root":…,"username":…}, then one JSON line for everything a
bot says; pictures are written to DIR. It reads JSON lines of what a person does, or of what is to go wrong:
  {"from":4711,"name":"Ada","text":"/status"}
  {"from":4711,"press":"Why"}                    the newest message with such a button
  {"method":"sendMessage","fault":{"kind":"error","code":429,"retryAfter":5},"times":2}
  {"rate":true}                                  limits of rate hold from now on
It ends at SIGTERM.`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    token: { type: 'string' },
    username: { type: 'string' },
    pictures: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help || !/^\d+$/.test(values.port)) {
  console.error(usage);
  process.exit(values.help ? 0 : 64);
}

const say = (line: object): void => console.log(JSON.stringify(line));

const { port, token, username } = values;
const api = await startBotApi({
  port: Number(port),
  ...(token !== undefined && { token }),
  ...(username !== undefined && { username }),
});
tellAccepted(api, say, values.pictures);

const people = createInterface({ input: process.stdin });
people.on('line', obeyFor(api, say));

const end = async (): Promise<void> => {
  people.close();
  await api.close();
};
process.once('SIGTERM', end);
process.once('SIGINT', end);
say({ ready: true, root: api.root, username: api.me.username });
