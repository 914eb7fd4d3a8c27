import { healthStatuses } from '../../../agent/model/health.ts';
import type { Family, Sample } from '../family.ts';
import type { SessionLines } from './session-lines.ts';

/** One series for each state, of sessions that have checks: bounded as their other series are. */
const samples = ({ lines }: SessionLines): Sample[] =>
  lines.flatMap(({ labels, session: { health, status: up } }) =>
    health && up === 'up'
      ? healthStatuses.map((status) => ({
          labels: { ...labels, status },
          value: Number(health.status === status),
        }))
      : [],
  );

export const healthFamily: Family<SessionLines> = {
  name: 'holdfast_session_health',
  type: 'gauge',
  help: 'Health of a session that has checks: 1 for the state it is in, 0 for the others.',
  labels: ['session', 'server', 'status'],
  samples,
};
