import t from 'tap';
import { healthPage } from '../../../agent/cli/view/health-page.ts';
import { sessionTable } from '../../../agent/cli/view/session-table.ts';
import type { HealthLine } from '../../../agent/model/status/health-line.ts';
import type { SessionStatus } from '../../../agent/model/status/session-status.ts';
import { aSession } from '../../exporters/prometheus/document.ts';

const now = 1_793_491_200_000;

const terminal = {
  columns: 110,
  rows: 40,
  paint: (_: unknown, text: string) => text,
};

const line = (changes: Partial<HealthLine> = {}): HealthLine => ({
  ...{ status: 'failed', since: now - 90_000, check: 'screen', reason: 'its screen says /x/' },
  checks: [
    {
      ...{ check: 'screen', level: 'failed', reason: 'its screen says /x/' },
      ...{ recent: ['failed', 'ok', 'failed'] },
      last: { status: 'failed', reason: 'its screen says /\u001b[31mx/', at: now - 5000 },
    },
    { ...{ check: 'http', level: null, reason: '', recent: [] }, last: null },
  ],
  ...changes,
});

const session = (changes: Partial<SessionStatus> = {}): SessionStatus =>
  aSession({ health: line(), ...changes });

t.test('a page: how it is and why, and each check as it was last looked at', async (t) => {
  t.strictSame(healthPage(session(), now, terminal as never), [
    'main:bot is failed, changed 1m ago: screen: its screen says /x/',
    'CHECK   STATE          LOOKS             LAST  FOUND',
    'screen  failed         failed 2, ok 1  5s ago  failed: its screen says /x/',
    'http    not known yet  none since',
  ]);
  const unasked = { ...line().checks[1], unasked: 'no link of \u001b[31mann' };
  t.match(
    healthPage(
      session({ health: line({ checks: [unasked] as HealthLine['checks'] }) }),
      now,
      terminal as never,
    ).at(-1),
    /^http +not looked at +none since +no link of [^\u001b]*ann$/,
  );
  const starting = { status: 'starting', check: null, reason: 'it has 30s', checks: [] } as const;
  t.strictSame(
    healthPage(session({ health: line({ ...starting, checks: [] }) }), now, terminal as never),
    ['main:bot is starting, changed 1m ago: it has 30s'],
  );
  t.strictSame(healthPage(session({ health: null }), now, terminal as never), []);
});

t.test('sessions have a column for it where one of them has checks', async (t) => {
  const columnsOf = (sessions: SessionStatus[]) =>
    sessionTable(sessions, 10, now, terminal as never);
  t.match(columnsOf([session(), session({ session: 'plain', health: null })]), [
    /STATE +HEALTH +AGE/,
    /bot +main +up +failed/,
    /plain +main +up +1h/,
  ]);
  t.notMatch(columnsOf([session({ health: null })])[0], /HEALTH/);
});
