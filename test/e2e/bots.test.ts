import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import type { Event } from '../../agent/model/event.ts';
import type { BotStatus } from '../../agent/model/status/bot-status.ts';
import { type Rig, startRig } from './rig.ts';
import { eventually } from './sampled.ts';

const speaker = join(import.meta.dirname, 'speaking-bot.cjs');
/** Made by the bot, so that no command line has it. */
const secret = 'what-logs-in-the-bot';

const config = JSON.stringify({
  sessions: {
    whatsapp: {
      command: `exec ${process.execPath} ${speaker} HOME/run/heartbeat.sock`,
      restart: false,
    },
    other: { command: 'exec sleep 100000' },
  },
});

const botOf = async (rig: Rig, session: string): Promise<BotStatus | undefined> => {
  const { sessions } = await rig.client.call('status', {});
  return sessions.find((one) => one.session === session)?.bots?.[0];
};

const botThat = (rig: Rig, what: string, is: (bot: BotStatus) => boolean): Promise<BotStatus> =>
  eventually(`the bot that ${what}`, async () => {
    const bot = await botOf(rig, 'whatsapp');
    return bot && is(bot) ? bot : undefined;
  });

const ofBots = (events: readonly Event[]): Event[] =>
  events.filter(({ type }) => type.startsWith('bot.'));

const refusedOf = async (rig: Rig): Promise<Record<string, number>> =>
  (await rig.client.call('status', {})).heartbeats?.refused ?? {};

t.test(
  'a bot in a session is known by where it runs, and its end is that of its session',
  async (t) => {
    const rig = await startRig(t, { config });
    const [life] = await rig.up('whatsapp', 'other');
    const waiting = await botThat(rig, 'asks for a login', ({ needs }) => needs === 'qr');
    t.match(waiting, { bot: '', state: 'needs-login', why: 'scan it' });
    t.equal(await botOf(rig, 'other'), undefined, 'whatever it calls itself');
    t.match(await rig.client.call('bot.needs', {}), {
      needs: [{ session: 'whatsapp', life, kind: 'qr', text: `${secret}-${waiting.pid}` }],
    });
    t.same(await rig.client.call('bot.needs', { session: 'other' }), { needs: [], bots: [] });

    await rig.client.call('session.send', { session: 'whatsapp', text: 'scanned', enter: true });
    const ready = await botThat(rig, 'is ready', ({ state }) => state === 'ready');
    t.match(ready, { needs: null, in: { count: 3 }, out: { count: 2 }, errors: 1, reconnects: 1 });
    t.match(ready.lastError, { name: 'TimeoutError', message: 'no answer' });
    t.match(await rig.client.call('bot.needs', {}), { needs: [], bots: [{ state: 'ready' }] });

    process.kill(ready.pid ?? 0, 'SIGKILL');
    await rig.until('the death', (events) => events.find(({ type }) => type === 'session.died'));
    const events = await rig.events();
    t.strictSame(
      ofBots(events).map(({ type, data }) => [type, 'to' in data ? data.to : null]),
      [
        ['bot.connection_changed', 'needs-login'],
        ['bot.connection_changed', 'ready'],
        ['bot.session_changed', null],
        ['bot.error', null],
      ],
      'that it is gone is said by the death alone',
    );
    t.notMatch(JSON.stringify(events), secret, 'what it needs is in no event');
    t.notMatch(JSON.stringify(await rig.client.call('status', {})), secret);
    t.notMatch(readFileSync(rig.paths.stateFile, 'utf8'), secret);
    t.notMatch(readFileSync(rig.paths.eventsDb, 'latin1'), secret);
  },
);

t.test('whoever runs in no session is not heard', async (t) => {
  const rig = await startRig(t, { config });
  await rig.up('other');
  const socket = connect(rig.paths.heartbeatSocket);
  socket.on('error', () => undefined);
  socket.write(
    `${JSON.stringify({ jsonrpc: '2.0', method: 'beat', params: { at: 1, startedAt: 1, session: 'other' } })}\n`,
  );
  await new Promise((resolve) => socket.resume().once('close', resolve));
  t.equal((await refusedOf(rig))['no-session'], 1);
  t.equal(await botOf(rig, 'other'), undefined);
});
