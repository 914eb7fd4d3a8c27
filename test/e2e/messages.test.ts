import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Event, EventOf } from '../../agent/model/event.ts';
import { type Rig, startRig } from './rig.ts';
import { eventually } from './sampled.ts';

type Changed = EventOf<'health.changed'>;

const program = join(import.meta.dirname, 'counting-bot.ts');

const pace = { interval: '1s', grace: '0s', failAfter: 2, outOf: 3 };

const rigWith = (t: Test, health: object): Promise<Rig> =>
  startRig(t, {
    config: JSON.stringify({
      sessions: {
        bot: {
          command: `exec ${process.execPath} ${program} HOME/inbox HOME/deaf`,
          health: { ...pace, ...health },
        },
      },
    }),
  });

/** The next change to that, after the one before. */
const changes = (rig: Rig) => {
  let seen = 0;
  return async (to: string, reason?: RegExp): Promise<Changed['data']> => {
    const found = await rig.until(`it is ${to}, ${reason}`, (events: Event[]) =>
      events.find(
        (event): event is Changed =>
          event.type === 'health.changed' &&
          event.seq > seen &&
          event.data.to === to &&
          (reason?.test(event.data.reason) ?? true),
      ),
    );
    seen = found.seq;
    return found.data;
  };
};

t.test('a bot that hears nothing any more has failed, until it hears something', async (t) => {
  const rig = await rigWith(t, { messages: { within: '3s' } });
  const becomes = changes(rig);
  await becomes('healthy');
  appendFileSync(join(rig.home, 'inbox'), 'hello\n');
  const failed = await becomes('failed');
  t.match(failed, { from: 'healthy', check: 'messages' });
  t.match(failed.reason, /^no message for \d+s; expected at least 1 in 3s$/);

  // Where all of that took longer than the time, it was heard only after the failure, and there is another.
  const [health, bot] = await eventually('the failure after it was heard', async () => {
    const [session] = (await rig.client.call('status', {})).sessions;
    const [bot] = session?.bots ?? [];
    return session?.health?.status === 'failed' && bot?.in?.count
      ? [session.health, bot]
      : undefined;
  });
  t.match(health, { checks: [{ check: 'messages' }] });
  t.match(bot, { state: 'ready', in: { count: 1 } }, 'it says that all is well');

  const talk = setInterval(() => appendFileSync(join(rig.home, 'inbox'), 'hello\n'), 300);
  t.teardown(() => clearInterval(talk));
  t.match(await becomes('healthy'), { from: 'failed' });
});

t.test('a canary that arrives, one that does not, and one that cannot be sent', async (t) => {
  const run = 'test -e token || { echo no token; exit 3; }; echo canary >> inbox';
  const rig = await rigWith(t, {
    canary: { run: `cd HOME && { ${run}; }`, every: '1s', timeout: '4s', expect: 'answered' },
  });
  const becomes = changes(rig);
  t.match(await becomes('failed'), {
    check: 'canary',
    reason: 'the message could not be sent: exit status 3: no token',
  });
  writeFileSync(join(rig.home, 'token'), '');
  t.match(await becomes('healthy'), { from: 'failed' });
  writeFileSync(join(rig.home, 'deaf'), '');
  t.match(await becomes('failed'), {
    check: 'canary',
    reason: 'a message was sent, and not received within 4s',
  });
  rmSync(join(rig.home, 'deaf'));
  await becomes('healthy');
});

t.test('it is never sent twice at once, whatever ends meanwhile', async (t) => {
  const run =
    'cd HOME && echo begins >> sends && sleep 0.7 && echo ends >> sends && echo x >> inbox';
  const rig = await rigWith(t, { canary: { run, every: '1s', timeout: '20s' } });
  const sends = (): string[] => {
    try {
      return readFileSync(join(rig.home, 'sends'), 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  };
  const sending = (after: number): Promise<true> =>
    eventually(
      'one is being sent',
      async () => (sends().length > after && sends().at(-1) === 'begins') || undefined,
    );
  await sending(0);
  await rig.agent.kill('SIGKILL');
  const before = sends().length;
  await rig.startAgent();
  await sending(before);
  await changes(rig)('healthy');
  for (const [i, line] of sends().entries()) t.equal(line, i % 2 === 0 ? 'begins' : 'ends');
});
