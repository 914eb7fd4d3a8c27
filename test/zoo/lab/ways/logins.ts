import type { ExpectedDeath } from '../../way.ts';
import { ownServerDies } from '../expected.ts';
import type { LabGround } from '../ground.ts';
import { owners } from '../settings.ts';
import type { LabWay } from '../way.ts';

const user = owners.adopted;
/** The manager of a user does what it is told, as the first process does. */
const hands = ['systemd --user'];

const started = (ground: LabGround) => ground.ownServer((tmux) => ground.as(user).must(tmux));

/** A login outside that of the lab, in which tmux is started; it ends by itself so many seconds later. */
const loginThatEnds = (ground: LabGround, seconds: number) =>
  ground.ownServer((tmux) => {
    const { machine, name } = ground;
    const shell = `su --login ${user} -c "${tmux}; sleep ${seconds}"`;
    return machine.must(`systemd-run --quiet --collect --unit=${name()} ${shell}`);
  });

/** seconds: it has to be supervised by then, on an emulated machine too. */
const loginSeconds = 20;

/** As logind does where nobody has set it otherwise. */
const killProcesses = async ({ machine, mend }: LabGround): Promise<void> => {
  const directory = '/etc/systemd/logind.conf.d';
  const file = `${directory}/zz-zoo.conf`;
  mend(() => machine.must(`rm ${file}; systemctl restart systemd-logind`));
  const stdin = '[Login]\nKillUserProcesses=yes\n';
  await machine.must(`mkdir -p ${directory}; cat >${file}`, { stdin });
  await machine.must('systemctl restart systemd-logind');
};

const logout: LabWay = {
  name: 'logout-kills',
  sentence: 'A login ends where KillUserProcesses= is set.',
  server: 'adopted',
  run: async (ground) => {
    await killProcesses(ground);
    const victim = await loginThatEnds(ground, loginSeconds);
    return ownServerDies(victim, ['logout'], { hands });
  },
};

const logoutSpares: LabWay = {
  name: 'logout-spares',
  sentence: 'A login ends, and what it started is left to run.',
  server: 'adopted',
  run: async (ground) => {
    const victim = await loginThatEnds(ground, 1);
    ground.mend(() => ground.as(user).run('tmux -L own kill-server'));
    return { benign: true, sessions: [victim.session] };
  },
};

const byCommand = (
  name: string,
  sentence: string,
  command: string,
  causes: ExpectedDeath['causes'],
  start = started,
): LabWay => ({
  ...{ name, sentence, server: 'adopted' },
  run: async (ground) => {
    const victim = await start(ground);
    const killer = await ground.strike(command);
    return ownServerDies(victim, causes, { killers: [killer], hands });
  },
});

const asUserUnit = (ground: LabGround) =>
  ground.ownServer((tmux) =>
    ground
      .as(user)
      .must(`systemd-run --user --quiet --unit=${ground.name()} -p Type=forking ${tmux}`),
  );

/** What becomes of what a login has started. */
export const logins: readonly LabWay[] = [
  logout,
  logoutSpares,
  byCommand(
    'terminate-user',
    'root ends all logins of a user with loginctl.',
    `loginctl terminate-user ${user}`,
    ['logout'],
  ),
  byCommand(
    'kill-user',
    'root has logind send SIGKILL to all of a user.',
    `loginctl kill-user --signal=KILL ${user}`,
    ['signal'],
  ),
  byCommand(
    'user-manager-stop',
    'root stops the manager of the units of a user, who runs a server as one of them.',
    'systemctl stop user@1001',
    ['unit-stop', 'logout'],
    asUserUnit,
  ),
];
