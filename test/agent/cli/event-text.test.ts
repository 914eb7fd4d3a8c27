import t from 'tap';
import { subjectOf } from '../../../agent/cli/view/event-subject.ts';
import { eventText } from '../../../agent/cli/view/event-text.ts';
import { dateTime } from '../../../agent/cli/view/time.ts';
import type { Catalogue, Event, EventType } from '../../../agent/model/event.ts';

const ada = { channel: 'telegram', user: '7', name: 'Ada' } as const;
const afar = { uid: 998, pid: 5, session: null, remote: ada };
const near = { uid: 1000, pid: 6, session: 'web' };
const until = Date.UTC(2026, 10, 1);
const about = { alert: 'a1', kind: 'session-died', incident: 'i1', channel: 'telegram:7' };

const ref = { session: 'web', server: 'main', life: 'l', bot: '' };

const eventOf = <T extends EventType>(type: T, data: Catalogue[T]): Event =>
  ({ seq: 1, v: 1, at: 0, trace: '', type, data }) as Event;

const cases: [Event, string][] = [
  [
    eventOf('alert.sent', {
      ...{ ...about, severity: 'error', status: 'firing' },
      ...{ attempts: 2, afterMs: 850 },
    }),
    'alert a1 (session-died, error, firing) sent to telegram:7 after 850ms',
  ],
  [
    eventOf('alert.failed', { ...about, code: '403', message: 'the bot was blocked' }),
    'alert a1 (session-died) did not reach telegram:7: the bot was blocked (403)',
  ],
  [
    eventOf('alert.acknowledged', { incident: 'i1', by: afar }),
    'incident i1 acknowledged by Ada (telegram 7)',
  ],
  [
    eventOf('alert.silenced', {
      silence: 's1',
      session: 'bot',
      server: 'main',
      until,
      reason: 'sleep',
      by: near,
    }),
    `alerts of main:bot silenced until ${dateTime(until)} by uid 1000 from session web: sleep`,
  ],
  [
    eventOf('alert.silenced', {
      ...{ silence: 's1', session: null, until, reason: '' },
      by: { ...near, session: null },
    }),
    `alerts of everything silenced until ${dateTime(until)} by uid 1000`,
  ],
  [
    eventOf('alert.unsilenced', { silence: 's1', by: afar }),
    'silence s1 ended by Ada (telegram 7)',
  ],
  [
    eventOf('forecast.warned', {
      ...{ what: 'memory', session: 'api', server: 'main', life: 'x', path: null, at: until },
      ...{ reachesAt: until + 2_400_000, value: 1, limit: 2 ** 31, limitOf: 'session', slope: 1 },
    }),
    'api reaches its 2.0G in 40m',
  ],
  [
    eventOf('forecast.cleared', {
      ...{ what: 'memory', session: 'api', server: 'main', life: 'x', path: null },
      ...{ afterMs: 60_000, end: 'eased' },
    }),
    'memory of api: no warning any more after 1m (eased)',
  ],
  [eventOf('remote.paired', { remote: ada }), 'Ada (telegram 7) paired'],
  [eventOf('remote.unpaired', { remote: ada }), 'Ada (telegram 7) no longer paired'],
  [
    eventOf('remote.refused', { remote: ada, what: '/status' }),
    'Ada (telegram 7) is not paired and asked for /status',
  ],
  [
    eventOf('bot.connection_changed', {
      ...{ ...ref, from: 'ready', to: 'needs-login', why: 'expired', needs: 'qr', leftOut: 2 },
    }),
    'its bot needs-login, was ready; needs: qr: expired; 2 changes before left out',
  ],
  [
    eventOf('bot.connection_changed', {
      ...{ ...ref, bot: 'b', from: null, to: null, why: '', needs: null, leftOut: 0 },
    }),
    'its bot b is heard',
  ],
  [
    eventOf('bot.session_changed', { ...ref, createdAt: 1, refreshedAt: until, expiresAt: null }),
    `login of its bot refreshed ${dateTime(until)}, expires unknown`,
  ],
  [
    eventOf('bot.error', {
      ...{ ...ref, name: 'E', message: 'no answer', count: 2, startedAt: 1, leftOut: 1 },
    }),
    'its bot: E: no answer; 1 error before left out',
  ],
  [eventOf('bot.lost', { ...ref, how: 'closed', lastAt: null }), 'its bot went away'],
  [eventOf('bot.lost', { ...ref, how: 'silent', lastAt: 1 }), 'its bot is not heard any more'],
  [
    eventOf('action.requested', {
      ...{ action: 'a9', kind: 'session.create', reason: 'operator', by: afar },
      target: { server: 'main', session: 'bot', life: null },
    }),
    'session.create requested (operator by Ada (telegram 7)), action a9',
  ],
];

t.test('what people are told, and who asked for what, in words', async (t) => {
  for (const [event, text] of cases) t.equal(eventText(event), text, event.type);
});

t.test('a silence is about its session, or about nothing', async (t) => {
  t.strictSame(
    cases.slice(3, 5).map(([event]) => subjectOf(event)),
    ['bot', ''],
  );
});
