import { setTimeout as wait } from 'node:timers/promises';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { startScriptedLink } from '../../e2e/scripted-link.ts';
import { tmuxOn } from '../../e2e/tmux.ts';
import { exactNow } from '../clock.ts';
import { fill, mainSocket } from '../fleet.ts';
import type { Effort } from '../part.ts';
import type { Row } from '../row.ts';
import { type Stack, withStack } from '../stack.ts';
import { waitFor } from '../wait-for.ts';
import { lastAt, type Told, withTelegram } from './telegram.ts';
import { watchMemory } from './watch-memory.ts';

/** Deaths that are not known by then were lost, ms. */
const limitMs = 180_000;
const againMs = 5000;

/** The message of a storm changes once in 3 s while more comes; longer silence is its end. ms */
const quietMs = 20_000;

interface Storm {
  what: string;
  /** All of them at once. */
  strike(): Promise<void>;
  /** Whether the agent knows of every death. */
  isKnown(status: StatusDocument): boolean;
  note: string;
}

const measureStorm = async (told: Told, stack: Stack, storm: Storm): Promise<Row[]> => {
  const { what, strike, isKnown, note } = storm;
  const before = told.messages().length;
  const largestMb = watchMemory(stack.pid('notifier'));
  const at = exactNow();
  await strike();
  await waitFor('a message', async () => told.messages()[before]);
  // The agent is busy: it is asked only when nothing comes any more.
  for (;;) {
    await told.untilQuiet(quietMs);
    if (isKnown(await stack.client.call('status', {}))) break;
    if (Date.now() - at > limitMs) throw new Error(`${what}: not all of them are known`);
    await wait(againMs);
  }

  const messages = told.messages().slice(before);
  const changes = messages.reduce((sum, { versions }) => sum + versions.length - 1, 0);
  const row = (text: string, budget: number | null, measured: number, unit: Row['unit']): Row => ({
    ...{ what: `${what}: ${text}`, budget, measured, unit, note },
  });
  return [
    row('messages', 3, messages.length, 'messages'),
    row('changes of them', null, changes, 'changes'),
    row('first message after', null, (messages[0]?.versions[0].at ?? at) - at, 'ms'),
    row('last change after', null, (lastAt(messages) - at) / 1000, 's'),
    row('anonymous memory of the notifier', null, largestMb(), 'MB'),
  ];
};

const onManyServers = (told: Told, count: number): Promise<Row[]> => {
  const servers = Array.from({ length: count }, (_, i) => `s${i}`);
  const adopted = Object.fromEntries(servers.map((name) => [name, { adopt: `/nowhere/${name}` }]));
  return withStack(
    () => JSON.stringify({ ...told.config, servers: adopted }),
    async (stack) => {
      await told.pair(stack);
      const link = startScriptedLink(stack.paths.linkSocket, servers);
      try {
        await stack.until(`${count} sessions`, ({ sessions }) => {
          const up = sessions.filter(({ status }) => status === 'up');
          return up.length === count;
        });
        return await measureStorm(told, stack, {
          what: `${count} deaths at once, on as many servers`,
          strike: () => link.nextSessions(),
          isKnown: ({ sessions }) =>
            sessions.filter(({ session }) => session.endsWith('-2')).length === count,
          note: 'a stand-in for the link tells the real agent of them; messages as the person gets them',
        });
      } finally {
        link.close();
      }
    },
    { run: ['agent', 'notifier'], prepare: told.prepare },
  );
};

const killAll = async (stack: Stack): Promise<void> => {
  const pids = await tmuxOn(mainSocket(stack), 'list-panes', '-a', '-F', '#{pane_pid}');
  for (const pid of pids.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
};

const onOneServer = (told: Told, count: number): Promise<Row[]> =>
  withStack(
    () => JSON.stringify(told.config),
    async (stack) => {
      await told.pair(stack);
      await fill(stack, count);
      return measureStorm(told, stack, {
        what: `${count} deaths at once, on one server`,
        strike: () => killAll(stack),
        isKnown: ({ sessions }) => sessions.every(({ status }) => status !== 'up'),
        note: 'the programs of real sessions, killed by SIGKILL one right after the other',
      });
    },
    { run: ['agent', 'link', 'notifier'], prepare: told.prepare },
  );

/** What a person gets when everything dies. */
export const benchStorm = async ({ quick, progress }: Effort): Promise<Row[]> => {
  const many = quick ? 300 : 1000;
  progress('1000 deaths at once, each on a server of its own');
  const spread = await withTelegram((told) => onManyServers(told, 1000));
  progress(`${many} deaths at once, on one server`);
  return [...spread, ...(await withTelegram((told) => onOneServer(told, many)))];
};
