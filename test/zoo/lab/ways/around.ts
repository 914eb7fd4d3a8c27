import { dirname } from 'node:path';
import { until } from '../../../lab/until.ts';
import { killed } from '../../expected.ts';
import type { LabGround } from '../ground.ts';
import { owners } from '../settings.ts';
import type { LabWay } from '../way.ts';

/** Does something to the machine that must end nothing. */
const spares = (
  name: string,
  sentence: string,
  happen: (ground: LabGround) => Promise<unknown>,
): LabWay => ({
  ...{ name, sentence, server: 'managed' },
  run: async (ground) => {
    const sessions = await ground.sessionsOn('main');
    await happen(ground);
    return { benign: true, sessions };
  },
});

/** The managed server is frozen for so long, seconds: shorter than what counts as hung. */
const frozenSeconds = 5;

const freezer = async ({ machine }: LabGround): Promise<unknown> => {
  const group = await machine.must(
    `systemctl show -P ControlGroup holdfast-tmux@${owners.managed}`,
  );
  const file = `/sys/fs/cgroup${group}/cgroup.freeze`;
  return machine.must(`echo 1 >${file}; sleep ${frozenSeconds}; echo 0 >${file}`);
};

/** Both are down as somebody kills, and come back. */
const unitDown = (name: string, sentence: string, unit: string): LabWay => ({
  ...{ name, sentence, server: 'managed' },
  run: async (ground) => {
    const { machine } = ground;
    const victim = await ground.victim();
    await machine.must(`systemctl stop ${unit}`);
    const killer = await ground.strike(`/bin/kill -9 ${victim.pid}`);
    await machine.must(`systemctl start ${unit}`);
    return killed([victim], 'SIGKILL', [killer]);
  },
});

const socket = '/tmp/tmux-1001/own';

/** systemd-tmpfiles spares sockets that somebody listens on; scripts that clean up do not. It is told to make it again. */
const emptied: LabWay = {
  name: 'tmp-emptied',
  sentence:
    'A script empties /tmp and with it the directory of the socket of a server, which gets it back.',
  server: 'adopted',
  run: async (ground) => {
    const { machine } = ground;
    const alice = ground.as(owners.adopted);
    const victim = await ground.ownServer((tmux) => alice.must(tmux));
    ground.mend(() => alice.run(`tmux -L own kill-server`));
    const made = (): Promise<string> => machine.must(`stat -c '%i %z' ${socket}`);
    const before = await made();
    await machine.must(`rm -r ${dirname(socket)}`);
    await until('the socket is another', async () => (await made()) !== before, 60_000);
    return { benign: true, sessions: [victim.session] };
  },
};

/** What goes on around: watchers that are down, cleaning, upgrades. */
export const around: readonly LabWay[] = [
  unitDown('agent-stopped', 'Somebody kills while the agent is stopped.', 'holdfast-agent'),
  unitDown('witness-stopped', 'Somebody kills while the witness is stopped.', 'holdfast-witness'),
  emptied,
  spares('machine-tmpfiles-clean', 'systemd-tmpfiles cleans all that is old.', ({ machine }) =>
    machine.must('systemd-tmpfiles --clean'),
  ),
  spares('tmux-reinstalled', 'The package of tmux is installed again.', ({ machine }) =>
    machine.must('apt-get install --yes --reinstall tmux', { limitMs: 300_000 }),
  ),
  spares('daemon-reexec', 'systemd starts itself again.', ({ machine }) =>
    machine.must('systemctl daemon-reexec'),
  ),
  spares('frozen', 'All of the unit is frozen for some seconds.', freezer),
];
