import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Event, EventOf } from '../../agent/model/event.ts';
import { type Rig, startRig } from './rig.ts';

type Changed = EventOf<'health.changed'>;

const isTo =
  (session: string, to: string) =>
  (events: Event[]): Changed | undefined =>
    events.findLast(
      (event): event is Changed =>
        event.type === 'health.changed' && event.data.session === session && event.data.to === to,
    );

const changed = (rig: Rig, session: string, to: string): Promise<Changed> =>
  rig.until(`${session} is ${to}`, isTo(session, to));

/** One look a second, and two of three agree. */
const pace = 'interval: 1s, grace: 0s, failAfter: 2, outOf: 3';

/** Prints what is in a file, again and again; at once, lest a look meets an empty screen. */
const printer = (path: string) =>
  `while :; do printf '\\033[H\\033[2J%s\\n' "$(cat ${path})"; sleep 0.3; done`;

const rigWith = (t: Test, sessions: string): Promise<Rig> =>
  startRig(t, {
    config: `sessions:\n${sessions}`,
    prepare: (home) => writeFileSync(join(home, 'says'), 'all is well\n'),
  });

t.test('what a screen says makes it failed, and well again when it says so no more', async (t) => {
  const rig = await rigWith(
    t,
    `  bot:
    command: ${printer('HOME/says')}
    health: {${pace}, screen: {mustNotMatch: ["(?i)login expired"], waiting: ["proceed\\\\?"]}}
`,
  );
  await changed(rig, 'bot', 'healthy');

  writeFileSync(join(rig.home, 'says'), 'Login EXPIRED, run /login\n');
  const failed = await changed(rig, 'bot', 'failed');
  t.match(failed.data, { from: 'healthy', check: 'screen', life: (await rig.up('bot'))[0] });
  t.match(failed.data.reason, '(?i)login expired');

  writeFileSync(join(rig.home, 'says'), 'Do you want to proceed?\n');
  const waiting = await changed(rig, 'bot', 'waiting');
  t.match(waiting.data, { from: 'failed', check: 'screen' });

  const { sessions } = await rig.client.call('status', {});
  t.match(sessions.find(({ session }) => session === 'bot')?.health, {
    status: 'waiting',
    check: 'screen',
    checks: [{ check: 'screen', level: 'waiting', last: { status: 'waiting' } }],
  });
});

t.test('one that stops answering HTTP has failed, one whose port is open has not', async (t) => {
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const rig = await rigWith(
    t,
    `  web:
    command: sleep 1000
    health: {${pace}, http: {url: "http://127.0.0.1:${port}/"}}
  port:
    command: sleep 1000
    health: {${pace}, tcp: {port: ${port}}, shell: true}
`,
  );
  await changed(rig, 'web', 'healthy');
  await changed(rig, 'port', 'healthy');
  status = 503;
  const failed = await changed(rig, 'web', 'failed');
  t.match(failed.data, { from: 'healthy', check: 'http', reason: 'HTTP 503, not 200' });
  const { sessions } = await rig.client.call('status', {});
  t.match(sessions.find(({ session }) => session === 'port')?.health, { status: 'healthy' });
});

t.test(
  'a check of the operator runs where the session does, and only its word is kept',
  async (t) => {
    const rig = await rigWith(
      t,
      `  bot:
    command: sleep 1000
    cwd: HOME
    health: {${pace}, command: {run: "cat says; yes | head -c 9000000; exit 1"}}
`,
    );
    const degraded = await changed(rig, 'bot', 'degraded');
    t.match(degraded.data, { check: 'command', reason: 'exit status 1: all is well' });
  },
);

t.test('a shell where the program should be has failed', async (t) => {
  const rig = await rigWith(
    t,
    `  bot:
    command: exec bash --norc
    health: {${pace}, shell: true}
`,
  );
  const failed = await changed(rig, 'bot', 'failed');
  t.match(failed.data, { check: 'shell', reason: 'a shell waits where its program should be' });
});
