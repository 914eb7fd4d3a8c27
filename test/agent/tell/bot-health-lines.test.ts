import t from 'tap';
import type { BotStatus } from '../../../agent/model/status/bot-status.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { createBotHealthLines } from '../../../agent/tell/bot-health-lines.ts';
import { aSession, fixedNow } from '../../exporters/prometheus/document.ts';

const bot: BotStatus = {
  ...{ bot: '', state: 'ready', why: '', since: fixedNow, changes: 3, needs: null },
  ...{ heardAt: fixedNow - 2000, pid: 7, startedAt: fixedNow - 60_000, reconnects: 2, errors: 1 },
  ...{ in: { count: 40, lastAt: fixedNow }, out: { count: 20, lastAt: null } },
  ...{ lastError: null, counters: {}, timings: {} },
  login: { createdAt: fixedNow - 5000, refreshedAt: null, expiresAt: fixedNow + 9000 },
};

t.test('a line for each bot counts what happened since the line before', async (t) => {
  const lines: unknown[] = [];
  const log = (level: string, text: string, fields: unknown) => lines.push([level, text, fields]);
  const tell = createBotHealthLines({ log, child: () => t.fail() as never });
  const next = (...bots: BotStatus[]): unknown => {
    const sessions = [aSession({ session: 'wa', life: 'l1', bots }), aSession({ bots: [] })];
    tell({ sessions, writtenAt: fixedNow } as StatusDocument);
    return lines.splice(0);
  };
  const first = {
    ...{ session: 'wa', server: 'main', bot: '', state: 'ready', connectionChanges: 3 },
    ...{ reconnects: 2, errors: 1, received: 40, sent: 20, rssBytes: 50_000_000 },
    ...{ ageMs: 60_000, heardAgoMs: 2000, loginAgeMs: 5000, loginEndsInMs: 9000 },
  };
  t.strictSame(next(bot), [['info', 'bot health', first]]);

  const later = { ...bot, changes: 5, errors: 4, in: { count: 41, lastAt: fixedNow } };
  const anew = { ...first, connectionChanges: 2, reconnects: 0, errors: 3, received: 1, sent: 0 };
  t.strictSame(next(later), [['info', 'bot health', anew]]);

  const again = { ...later, startedAt: fixedNow, errors: 2 };
  t.match(next(again), [[/info/, /bot/, { errors: 2, received: 41 }]], 'its process is another');

  const ill = { ...bot, state: 'needs-login', why: 'expired', needs: 'qr' } as const;
  t.match(next(ill), [['warn', 'bot health', { why: 'expired', needs: 'qr', state: ill.state }]]);
  const lost = {
    ...{ ...bot, state: 'lost', login: null, in: null, out: null, changes: undefined },
    ...{ heardAt: null, startedAt: null, reconnects: null, errors: null },
  } as unknown as BotStatus;
  t.match(next(lost), [['warn', 'bot health', { received: 0, ageMs: null, loginEndsInMs: null }]]);
  t.strictSame(next(), [], 'none, no line');
});
