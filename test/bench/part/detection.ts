import { spawn } from 'node:child_process';
import { type Kill, killServer, killSession, type Scene, victimSocket } from '../detection.ts';
import { fill, mainSocket, sessionNames } from '../fleet.ts';
import { listen } from '../heard.ts';
import { type Effort, type Part, usualSessions } from '../part.ts';
import { startPolling } from '../polling.ts';
import { ascending, percentile, type Row } from '../row.ts';
import { type Stack, withStack } from '../stack.ts';

/** Each is killed again and again, all of them at the same time: most of a kill is waiting for the polling. */
const sessions = sessionNames('victim', 4);
const servers = sessionNames('server', 3);

const config = (home: string): string => {
  const adopted = servers.map((name) => `  ${name}: {adopt: ${victimSocket(home, name)}}`);
  return ['servers:', '  main: {}', ...adopted].join('\n');
};

/** An attached control client: what is written to it is carried out by the server at once. */
const attach = (socket: string, session: string) => {
  const args = ['-C', '-S', socket, 'attach', '-f', 'no-output,ignore-size', '-t', `=${session}`];
  return spawn('tmux', args, { stdio: ['pipe', 'ignore', 'ignore'] });
};

const setScene = async (stack: Stack): Promise<{ scene: Scene; clear(): void }> => {
  const [first = ''] = await fill(stack, usualSessions);
  const client = attach(mainSocket(stack), first);
  const polling = startPolling([
    ...sessions.map((session) => ({ socket: mainSocket(stack), session })),
    ...servers.map((server) => ({
      socket: victimSocket(stack.home, server),
      session: `${server}-0`,
    })),
  ]);
  const heard = await listen(stack.client);
  const command = (text: string): void => void client.stdin.write(`${text}\n`);
  const clear = (): void => {
    polling.stop();
    client.kill();
  };
  return { scene: { stack, heard, polling, command }, clear };
};

/** So many kills, shared by the targets, which work side by side. */
const killAll = async (
  targets: readonly string[],
  count: number,
  kill: (target: string, i: number) => Promise<Kill>,
): Promise<Kill[]> => {
  const kills: Kill[] = [];
  let started = 0;
  const work = async (target: string): Promise<void> => {
    while (started < count) {
      started += 1;
      kills.push(await kill(target, started));
    }
  };
  await Promise.all(targets.map(work));
  return kills;
};

const rowsOf = (what: string, kills: readonly Kill[]): Row[] => {
  const at = (share: number, of: keyof Kill): number =>
    percentile(ascending(kills.map((kill) => kill[of])), share);
  const row = (text: string, budget: number | null, measured: number): Row => ({
    ...{ what: `${what} to ${text}`, budget, measured, unit: 'ms' },
  });
  return [
    row('its event, median', 5, at(0.5, 'detected')),
    row('its event, p99', 10, at(0.99, 'detected')),
    row('found by polling every second, median', null, at(0.5, 'polled')),
    row('found by polling every second, p99', null, at(0.99, 'polled')),
    row('its stored verdict, p99', 600, at(0.99, 'judged')),
  ];
};

const measureKills = async (stack: Stack, { quick, progress }: Effort): Promise<Row[]> => {
  progress(`starting ${usualSessions} sessions`);
  const { scene, clear } = await setScene(stack);
  const counts = quick ? { session: 20, server: 6 } : { session: 200, server: 60 };
  const tell = (what: string, i: number, of: number): void => progress(`${what} ${i} of ${of}`);
  try {
    const ofServers = await killAll(servers, counts.server, (server, i) => {
      tell('kill of a server', i, counts.server);
      return killServer(scene, server);
    });
    const ofSessions = await killAll(sessions, counts.session, (session, i) => {
      tell('kill of a session', i, counts.session);
      return killSession(scene, session, i % 2 === 0 ? 'SIGKILL' : 'kill-session');
    });
    return [...rowsOf('death of a session', ofSessions), ...rowsOf('death of a server', ofServers)];
  } finally {
    clear();
  }
};

export const detection: Part = {
  name: 'detection',
  about: 'how long a death takes to be known, beside a loop that polls once a second',
  measure: (effort) => withStack(config, (stack) => measureKills(stack, effort)),
};
