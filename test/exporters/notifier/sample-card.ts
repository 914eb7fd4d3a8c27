import type { Card } from '../../../exporters/notifier/card.ts';

const at = Date.UTC(2026, 0, 31, 12);

/** A death of a session, as a channel is given it. */
export const sampleCard = (changes: Partial<Card> = {}): Card => ({
  alert: 'alert-1',
  revision: 1,
  kind: 'session-died',
  severity: 'error',
  status: 'firing',
  lapsed: false,
  acknowledged: null,
  incident: 'incident-1',
  incidents: ['incident-1'],
  count: 1,
  trace: '0af7651916cd43dd8448eb211c80319c',
  host: 'vps-1',
  sessions: ['claude-api'],
  openedAt: at,
  updatedAt: at + 1000,
  headline: 'claude-api died: pkill sent it SIGKILL',
  headlineParts: [{ name: 'claude-api' }, ' died: pkill sent it SIGKILL'],
  actor: {
    ...{ pid: 4711, comm: 'pkill', cmdline: 'pkill -9 -f node', uid: 1000, user: 'deploy' },
    ...{ unit: 'cron.service', session: null },
    ancestry: [{ pid: 4710, comm: 'cleanup.sh', cmdline: '/bin/sh /opt/cleanup.sh' }],
  },
  details: [
    { label: 'Cause', text: 'signal, certain' },
    { label: 'Done', text: 'started again after 2 s' },
  ],
  screen: { session: 'claude-api', text: '$ npm test\nKilled' },
  actions: ['why', 'screen', 'restart', 'acknowledge', 'silence'],
  loud: true,
  ...changes,
});
