import { killerIn, serverDies } from '../expected.ts';
import { owners } from '../settings.ts';
import type { LabWay } from '../way.ts';

const byCommand = (
  name: string,
  sentence: string,
  command: string,
  signal: string,
  user: 'root' | 'deploy' = 'root',
): LabWay => ({
  ...{ name, sentence, server: 'managed' },
  run: async (ground) => {
    await ground.victim();
    const dies = await serverDies(ground, ['signal']);
    return dies({ signal, killers: [await ground.strike(command, user)] });
  },
});

const cronJob: LabWay = {
  name: 'cron-job',
  sentence: 'A job of cron kills everything that has mux in its command line.',
  server: 'managed',
  run: async (ground) => {
    const { machine, name } = ground;
    const dies = await serverDies(ground, ['signal']);
    const { command, pidFile } = await ground.script('pkill -9 -f mux');
    const table = `/etc/cron.d/${name()}`;
    const stdin = `* * * * * root rm -f ${table}; ${command}\n`;
    await machine.must(`cat >${table}`, { stdin });
    return dies({
      signal: 'SIGKILL',
      killers: [await killerIn(ground, pidFile, 'pkill -9 -f mux')],
    });
  },
};

const timer: LabWay = {
  name: 'systemd-timer',
  sentence: 'A timer of systemd starts a service that kills tmux by its name.',
  server: 'managed',
  run: async (ground) => {
    const { machine, name } = ground;
    const dies = await serverDies(ground, ['signal']);
    const { command, pidFile } = await ground.script('pkill tmux');
    await machine.must(`systemd-run --quiet --unit=${name()} --on-active=1 ${command}`);
    return dies({ signal: 'SIGTERM', killers: [await killerIn(ground, pidFile, 'pkill tmux')] });
  },
};

const anotherOwner: LabWay = {
  name: 'another-owner-kills-his',
  sentence: 'Another user kills all that is called tmux, which reaches only his own.',
  server: 'managed',
  run: async (ground) => {
    const sessions = await ground.sessionsOn('main');
    await ground.as(owners.adopted).run('pkill -9 tmux');
    return { benign: true, sessions };
  },
};

/** Killers who aim at a name: they hit whatever else is called so. */
export const byName: readonly LabWay[] = [
  byCommand('pkill-tmux', 'root runs pkill -9 tmux.', 'pkill -9 tmux', 'SIGKILL'),
  byCommand('pkill-f-mux', 'root runs pkill -f mux.', 'pkill -f mux', 'SIGTERM'),
  byCommand(
    'killall-server',
    'root runs killall on the name of the server.',
    "killall 'tmux: server'",
    'SIGTERM',
  ),
  byCommand('pkill-user', 'root kills all of the owner.', 'pkill -9 -u deploy', 'SIGKILL'),
  byCommand(
    'pkill-own',
    'The owner kills all of his own.',
    'pkill -9 -u deploy',
    'SIGKILL',
    'deploy',
  ),
  cronJob,
  timer,
  anotherOwner,
];
