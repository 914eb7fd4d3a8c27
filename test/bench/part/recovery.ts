import { setTimeout as wait } from 'node:timers/promises';
import { incidentWindowMs } from '../../../agent/explain/incident.ts';
import { tmuxOn } from '../../e2e/tmux.ts';
import { exactNow } from '../clock.ts';
import { idle, sessionNames } from '../fleet.ts';
import { type Heard, listen } from '../heard.ts';
import type { Effort, Part } from '../part.ts';
import { ownSeconds } from '../processes.ts';
import { ascending, percentile, type Row } from '../row.ts';
import { type Stack, withStack } from '../stack.ts';

const atOnce = 10;

/** Restarts are measured, not waits: those are what the policy says. */
const configOf = (names: readonly string[], serverOf: (name: string) => string) => (): string =>
  [
    `recovery: {maxRestarts: 100, firstWait: 10ms, longestWait: 10ms, atOnce: ${atOnce}}`,
    'servers:',
    ...new Set(names.map((name) => `  ${serverOf(name)}: {}`)),
    'sessions:',
    ...names.map((name) => `  ${name}: {server: ${serverOf(name)}, command: ${idle}}`),
  ].join('\n');

const untilUp = async (stack: Stack, names: readonly string[]): Promise<void> => {
  await stack.until(`${names.length} sessions`, ({ sessions }) => {
    const up = sessions.filter(({ status, panes }) => status === 'up' && panes > 0);
    return up.length === names.length;
  });
};

const panesOn = async ({ paths }: Stack, server: string): Promise<number[]> => {
  const socket = `${paths.tmuxDir}/${server}.sock`;
  return (await tmuxOn(socket, 'list-panes', '-a', '-F', '#{pane_pid}')).split('\n').map(Number);
};

/** Of a session on a server of its own: from the kill to the event of the new life, ms. */
const killOne = async (stack: Stack, heard: Heard, name: string): Promise<number> => {
  const [pid = 0] = await panesOn(stack, name);
  const before = heard.head();
  const at = exactNow();
  process.kill(pid, 'SIGKILL');
  const { event } = await heard.first(
    before,
    'supervision.started',
    ({ session }) => session === name,
  );
  return event.at - at;
};

const measureKills = (effort: Effort): Promise<Row[]> => {
  const names = sessionNames('victim', 4);
  return withStack(
    configOf(names, (name) => name),
    async (stack) => {
      await untilUp(stack, names);
      const heard = await listen(stack.client);
      const times: number[] = [];
      const rounds = effort.quick ? 5 : 50;
      for (let round = 0; round < rounds; round += 1) {
        effort.progress(`killing sessions one by one: ${times.length} of ${rounds * names.length}`);
        times.push(...(await Promise.all(names.map((name) => killOne(stack, heard, name)))));
        // Each death is an incident of its own, and waits for a verdict of its own.
        await wait(incidentWindowMs + 100);
      }
      const at = (share: number): number => percentile(ascending(times), share);
      const row = (what: string, budget: number | null, share: number): Row => ({
        ...{ what: `death to restarted session, ${what}`, budget, measured: at(share), unit: 'ms' },
      });
      return [row('median', null, 0.5), row('p99', 1500, 0.99)];
    },
  );
};

/** The most starts that were under way, by the log. */
const mostAtOnce = (heard: Heard): number => {
  const begun = heard
    .every('action.requested')
    .filter(({ data }) => data.kind === 'session.create');
  const ends = new Map(
    [...heard.every('action.done'), ...heard.every('action.failed')].map(({ seq, data }) => [
      data.action,
      seq,
    ]),
  );
  const underWay = ({ seq }: { seq: number }): number =>
    begun.filter(
      (one) => one.seq <= seq && (ends.get(one.data.action) ?? Number.POSITIVE_INFINITY) > seq,
    ).length;
  return Math.max(0, ...begun.map(underWay));
};

const measureMany = (effort: Effort): Promise<Row[]> => {
  const names = sessionNames('one-of-many', effort.quick ? 50 : 500);
  return withStack(
    configOf(names, () => 'main'),
    async (stack) => {
      effort.progress(`starting ${names.length} sessions`);
      await untilUp(stack, names);
      const heard = await listen(stack.client);
      effort.progress(`killing all of ${names.length} at once`);
      const pids = await panesOn(stack, 'main');
      const [used, began] = [ownSeconds(stack.pid('agent')), performance.now()];
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      const back = names.map((name) =>
        heard.first(0, 'supervision.started', ({ session }) => session === name),
      );
      await Promise.all(back);
      const seconds = (performance.now() - began) / 1000;
      const cpu = ((ownSeconds(stack.pid('agent')) - used) / seconds) * 100;
      const many = `${names.length} sessions that died at once`;
      return [
        { what: `${many}, all back`, budget: 60, measured: seconds, unit: 's' },
        {
          what: `${many}, starts under way`,
          budget: atOnce,
          measured: mostAtOnce(heard),
          unit: 'starts',
        },
        { what: `${many}, agent`, budget: 30, measured: cpu, unit: '% of a core' },
      ];
    },
  );
};

export const recovery: Part = {
  name: 'recovery',
  about: 'how soon what died is back, one session and many',
  measure: async (effort) => [...(await measureKills(effort)), ...(await measureMany(effort))],
};
