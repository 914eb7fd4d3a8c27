import t from 'tap';
import { createRenewal } from '../../../../agent/act/refresh/renew.ts';
import type { SessionRefresh } from '../../../../agent/model/config/refresh.ts';
import type { EventOf } from '../../../../agent/model/event.ts';
import { readProbeAnswer } from '../../../../agent/observe/link/probe-answer.ts';
import { begun, command } from '../../decide/refresh/ground.ts';
import { after, bot, instance, nobody, running } from '../../model/sample.ts';
import { ended } from '../../model/sample-events.ts';
import { handsUpon, now } from '../sample-hands.ts';

const renew = async (
  how: SessionRefresh['how'],
  answer: object = {},
  more: { by?: typeof nobody; state?: typeof running } = {},
) => {
  const { by, state = running } = more;
  const calls: [string, unknown, number | undefined][] = [];
  const hands = handsUpon(state, {
    call: async (method, params, limitMs) => {
      calls.push([method, params, limitMs]);
      return answer as never;
    },
    probe: async (server, probe, limitMs) => {
      calls.push(['probe.run', { server, probe }, limitMs]);
      return readProbeAnswer(answer, (text) => text.replace('hunter2', '***'));
    },
  });
  const { data } = begun(now, by ? { by } : {});
  const renewal = createRenewal(
    hands.hands,
    async () => true,
    () => nobody,
  );
  await renewal(data as EventOf<'refresh.started'>['data'], how);
  return { calls, events: hands.events };
};

t.test('a restart is an end that is meant, for recovery to start it anew', async (t) => {
  const { calls, events } = await renew({ way: 'restart' });
  t.match(events, [
    { type: 'intent.declared', data: { replaces: true, target: { life: bot.life }, by: nobody } },
    { type: 'action.requested', data: { kind: 'session.kill', reason: 'refresh' } },
    { type: 'action.done' },
  ]);
  t.strictSame(calls, [['session.kill', { server: 'main', instance, tmuxId: '$1' }, undefined]]);
});

t.test('a signal and a command go through the link, and how they end is known', async (t) => {
  const signal = await renew({ way: 'signal', signal: 'USR1' }, {}, { by: nobody });
  t.match(signal.events, [
    { data: { kind: 'signal.send', reason: 'refresh', by: nobody } },
    { type: 'action.done' },
  ]);
  t.match(signal.calls, [['signal.send', { tmuxId: '$1', signal: 'USR1' }]]);
  const ok = await renew(command, { status: 'ok', reason: 'exit status 0' });
  t.match(ok.events, [{ data: { kind: 'command.run' } }, { type: 'action.done' }]);
  const probe = { kind: 'command', run: './renew', cwd: null, timeoutMs: 60_000 };
  t.strictSame(ok.calls, [['probe.run', { server: 'main', probe }, 65_000]]);
  const no = await renew(command, {
    status: 'degraded',
    reason: 'exit status 1: \x1b[2Jno hunter2',
  });
  t.match(no.events[1], {
    type: 'action.failed',
    data: { code: 'command-failed', message: /^exit status 1: [^\x1b]*no \*\*\*$/ },
  });
  t.match((await renew(command, { status: 7 })).events[1], { type: 'action.failed' }, 'it lies');
});

t.test('what has ended meanwhile is left alone', async (t) => {
  const { calls, events } = await renew(command, {}, { state: after(running, ended(bot)) });
  t.strictSame([calls, events], [[], []]);
});
