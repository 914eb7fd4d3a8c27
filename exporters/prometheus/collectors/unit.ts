import { healthStatuses } from '../../../agent/model/health.ts';
import { collector } from '../collector.ts';
import { stateSet } from '../family.ts';
import { unitStatuses } from '../state/unit.ts';
import { refreshFamilies } from './refresh.ts';
import { type Line, ofEachUnit, unitLines } from './unit-lines.ts';

export const unit = collector({
  name: 'unit',
  about:
    'Each declared unit of systemd. `session` is the name it is declared by, `unit` what systemd calls it. Its bots are among those of sessions, with `server="systemd.system"`.',
  input: ({ state, now }) => state.document && unitLines(state.document.units ?? [], now),
  families: [
    ofEachUnit(
      'gauge',
      'holdfast_unit_up',
      'Whether the unit runs, by the word of systemd.',
      (one) => (one.status === 'unknown' ? null : Number(one.status === 'up')),
    ),
    {
      name: 'holdfast_unit_status',
      type: 'gauge',
      help: 'Status of the unit: 1 for the one that holds now. `failed`: systemd has given it up.',
      labels: ['session', 'unit', 'status'],
      samples: (lines) =>
        lines.flatMap(({ labels, unit: { status } }) =>
          stateSet('status', unitStatuses, status, labels),
        ),
    },
    ofEachUnit(
      'counter',
      'holdfast_unit_deaths_total',
      'Ends that nobody meant, since the unit was declared.',
      ({ deaths }) => deaths,
    ),
    ofEachUnit(
      'gauge',
      'holdfast_unit_systemd_restarts',
      'How often systemd has started it again by itself since somebody started it (`NRestarts=`).',
      ({ restarts }) => restarts,
    ),
    ofEachUnit(
      'gauge',
      'holdfast_unit_health_restarts',
      'How often Holdfast has restarted it for its health since somebody started it.',
      ({ healthRestarts }) => healthRestarts,
    ),
    ofEachUnit(
      'gauge',
      'holdfast_unit_suspended',
      'Whether Holdfast has stopped restarting it for its health, because that did not help.',
      ({ breaker }) => Number(breaker === 'open'),
    ),
    ofEachUnit(
      'gauge',
      'holdfast_unit_start_timestamp_seconds',
      'When it became active, Unix time; absent while it does not run.',
      ({ startedAt }) => (startedAt === null ? null : startedAt / 1000),
    ),
    ofEachUnit(
      'gauge',
      'holdfast_unit_memory_bytes',
      'Resident memory of all its processes, by its cgroup; absent while that is not known.',
      ({ rssBytes }) => rssBytes,
    ),
    ofEachUnit(
      'gauge',
      'holdfast_unit_cpu_ratio',
      'Processors it uses, by its cgroup: 1 is one of them, whole; absent while that is not known.',
      ({ cpu }) => cpu,
    ),
    {
      name: 'holdfast_unit_health',
      type: 'gauge',
      help: 'Health of a unit that has checks: 1 for the state it is in, 0 for the others.',
      labels: ['session', 'unit', 'status'],
      samples: (lines) =>
        lines.flatMap(({ labels, unit: { health } }) =>
          health ? stateSet('status', healthStatuses, health.status, labels) : [],
        ),
    },
    ...refreshFamilies<readonly Line[]>({
      ...{ kind: 'unit', labels: ['session', 'unit'] },
      loginsOf: (lines) =>
        lines.map(({ labels, unit: { refresh, status }, now }) => ({
          ...{ labels, refresh, now, isUp: status === 'up' },
        })),
    }),
  ],
});
