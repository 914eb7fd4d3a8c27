import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { statusOf, untilStatus } from '../../lab/deployed/status.ts';
import type { Login, User } from '../../lab/login.ts';
import type { Machine } from '../../lab/machine.ts';
import { quote } from '../../lab/ssh.ts';
import { until } from '../../lab/until.ts';
import type { Victim } from '../ground/ground.ts';
import type { Killer } from '../way.ts';
import { owners, ownServer } from './settings.ts';

/** A shell command that writes its own pid down, and the file it writes it to. */
export interface Noted {
  command: string;
  pidFile: string;
}

export interface LabGround {
  readonly machine: Machine;
  as(user: User): Login;
  /** Unlike any other, and fit for a process, a session, a unit or a file. */
  name(): string;
  /** Sessions that are up on that server now. */
  sessionsOn(server: string): Promise<string[]>;
  /** A session on the managed server that does nothing, or what `command` says, once it is supervised. */
  victim(command?: string): Promise<Victim>;
  /**
   * A server of alice's own with one session, started by what `start` makes of the command of tmux that does so;
   * resolves once it is supervised.
   */
  ownServer(start: (tmux: string) => Promise<unknown>): Promise<Victim>;
  /** pid of the managed server. */
  serverPid(): Promise<number>;
  /** The command writes its pid down and then becomes what it is. */
  noted(command: string): Noted;
  pidIn(file: string): Promise<number>;
  /** A script in the machine that writes its pid down and then becomes `command`; who runs it is the way's choice. */
  script(command: string): Promise<Noted>;
  /** Runs it, by root unless another is named. Whoever killed has ended when this resolves. */
  strike(command: string, user?: User): Promise<Killer>;
  /** Called when the way has been judged, in the opposite order. */
  mend(how: () => Promise<unknown>): void;
}

const limitMs = 60_000;

/** Where killers write their pids to; everybody may. */
export const notes = '/run/zoo';

const upOn = ({ sessions }: StatusDocument, server: string): string[] =>
  sessions
    .filter((one) => one.server === server && one.status === 'up')
    .map(({ session }) => session);

export const createLabGround = (
  machine: Machine,
  name: () => string,
  mend: (how: () => Promise<unknown>) => void,
): LabGround => {
  const as = (user: User): Login => (user === 'root' ? machine : machine.as(user));
  const up = (session: string): Promise<unknown> =>
    untilStatus(machine, `${session} is up`, ({ sessions }) =>
      sessions.some((one) => one.session === session && one.status === 'up'),
    );
  const freshNote = (): string => `${notes}/${name()}`;
  const noted = (command: string): Noted => {
    const pidFile = freshNote();
    return { pidFile, command: `sh -c ${quote(`echo $$ >${pidFile}; exec ${command}`)}` };
  };
  const pidIn = async (file: string): Promise<number> =>
    Number(await until(`a pid in ${file}`, () => machine.must(`grep . ${file}`), limitMs));

  return {
    ...{ machine, as, name, mend, noted, pidIn },
    sessionsOn: async (server) => upOn(await statusOf(machine), server),
    victim: async (command = 'exec sleep infinity') => {
      const session = name();
      const words = `-d -P -F '#{pane_pid}' -s ${session} ${quote(command)}`;
      const pid = Number(await as(owners.managed).must(`tmux new-session ${words}`));
      await up(session);
      return { session, pid };
    },
    ownServer: async (start) => {
      const session = name();
      await start(
        `tmux -L ${ownServer} new-session -d -s ${session} ${quote('exec sleep infinity')}`,
      );
      await up(session);
      const format = `tmux -L ${ownServer} list-panes -t ${session} -F '#{pane_pid}'`;
      return { session, pid: Number(await as(owners.adopted).must(format)) };
    },
    serverPid: async () =>
      Number(await machine.must(`systemctl show -P MainPID holdfast-tmux@${owners.managed}`)),
    script: async (command) => {
      const pidFile = freshNote();
      const path = `/usr/local/sbin/${name()}`;
      const stdin = `#!/bin/sh\necho $$ >${pidFile}\nexec ${command}\n`;
      await machine.must(`cat >${path} && chmod 755 ${path}`, { stdin });
      return { command: path, pidFile };
    },
    strike: async (command, user = 'root') => {
      const { command: full, pidFile } = noted(command);
      // Whatever becomes of the login: what was written down counts.
      await as(user).run(full, { limitMs });
      return { pid: await pidIn(pidFile), cmdline: [command.replaceAll(/['"]/g, '')] };
    },
  };
};
