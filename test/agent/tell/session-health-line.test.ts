import t from 'tap';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { logSessionHealth } from '../../../agent/tell/session-health-line.ts';
import { aSession, fixedNow } from '../../exporters/prometheus/document.ts';

t.test('a line for each session that is up and declared, or has checks', (t) => {
  const lines: unknown[] = [];
  const log = (level: string, text: string, fields: unknown) => lines.push([level, text, fields]);
  const health = { since: fixedNow, check: null, reason: 'all is well', checks: [] };
  const failed = { ...health, check: 'http', reason: 'HTTP 503' } as const;
  const sessions = [
    aSession({ session: 'well', restarts: 4, health: { ...health, status: 'healthy' } }),
    aSession({ session: 'ill', health: { ...failed, status: 'failed' }, createdAt: null }),
    aSession({ session: 'new', health: { ...health, status: 'starting' }, lastActivityAt: null }),
    aSession({ session: 'plain', declared: true }),
    aSession({ session: 'adopted', declared: false }),
    aSession({ session: 'gone', status: 'dead', health: { ...failed, status: 'failed' } }),
  ];
  const document = { sessions, writtenAt: fixedNow } as StatusDocument;
  logSessionHealth({ log, child: () => t.fail() as never }, document);
  const said = 'session health';
  t.strictSame(lines[0], [
    'info',
    said,
    {
      ...{ session: 'well', server: 'main', rssBytes: 50_000_000, cpu: 0.25, deaths: 0 },
      ...{ restarts: 4, health: 'healthy', ageMs: 3_600_000, silentMs: 60_000 },
    },
  ]);
  t.match(lines[1], ['warn', said, { health: 'failed', check: 'http', why: 'HTTP 503' }]);
  t.match(lines[2], ['info', said, { health: 'starting', silentMs: null }]);
  t.match(lines[3], ['info', said, { session: 'plain', health: null }]);
  t.equal(lines.length, 4);
  t.end();
});
