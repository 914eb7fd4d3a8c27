import { collector } from '../collector.ts';
import { refreshFamilies } from './refresh.ts';
import { ofEach, whileUp } from './session-family.ts';
import { healthFamily } from './session-health.ts';
import { maxSessionSeries, type SessionLines, sessionLines } from './session-lines.ts';
import { useFamilies } from './session-use.ts';

const breakerValues = { closed: 0, 'half-open': 1, open: 2 } as const;

export const session = collector({
  name: 'session',
  about:
    'Each session. Memory, processor, panes, uptime and activity exist only while it is up. The series of a session that ended and is not declared disappear after the grace time.',
  input: (view) =>
    view.state.document && sessionLines([...view.state.document.sessions, ...view.departed], view),
  families: [
    ofEach('gauge', 'holdfast_session_up', 'Whether the session is alive.', ({ status }) =>
      Number(status === 'up'),
    ),
    ofEach(
      'gauge',
      'holdfast_session_declared',
      'Whether the configuration declares the session.',
      ({ declared }) => Number(declared),
    ),
    ofEach(
      'counter',
      'holdfast_session_deaths_total',
      'Deaths of the session.',
      ({ deaths }) => deaths,
    ),
    healthFamily,
    whileUp(
      'holdfast_session_health_since_timestamp_seconds',
      'Since when the health of the session is as it is, Unix time.',
      ({ health }) => (health ? health.since / 1000 : null),
    ),
    ...refreshFamilies<SessionLines>({
      ...{ kind: 'session', labels: ['session', 'server'] },
      loginsOf: ({ lines }) =>
        lines.map(({ labels, session: { refresh, status }, now }) => ({
          ...{ labels, refresh, now, isUp: status === 'up' },
        })),
    }),
    ofEach(
      'gauge',
      'holdfast_session_restarts',
      'Times Holdfast has brought the session back since a person last started it; at most 240 are remembered.',
      ({ restarts }) => restarts ?? null,
    ),
    ofEach(
      'gauge',
      'holdfast_session_breaker',
      'Whether Holdfast still brings the session back: 0 it does (closed), 1 it is trying it once (half-open), 2 it has given up (open).',
      ({ breaker }) => (breaker === undefined ? null : breakerValues[breaker]),
    ),
    whileUp(
      'holdfast_session_uptime_seconds',
      'Age of the life the session has now.',
      ({ createdAt }, now) => (createdAt === null ? null : Math.max(0, now - createdAt) / 1000),
    ),
    ...useFamilies,
    whileUp('holdfast_session_panes', 'Panes of the session.', ({ panes }) => panes),
    whileUp(
      'holdfast_session_last_activity_timestamp_seconds',
      'When the session last showed activity, Unix time; absent when never seen.',
      ({ lastActivityAt }) => (lastActivityAt === null ? null : lastActivityAt / 1000),
    ),
    {
      name: 'holdfast_session_series_omitted',
      type: 'gauge',
      help: `Sessions without series of their own: past the limit of ${maxSessionSeries}, or with the name of another one on the same server.`,
      labels: ['reason'],
      samples: ({ overLimit, duplicates }) => [
        { labels: { reason: 'limit' }, value: overLimit },
        { labels: { reason: 'duplicate-name' }, value: duplicates },
      ],
    },
  ],
});
