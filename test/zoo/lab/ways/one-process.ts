import { died, killed } from '../../expected.ts';
import { owners } from '../settings.ts';
import type { LabWay } from '../way.ts';

const onSession = (
  name: string,
  sentence: string,
  commandOf: (pid: number) => string,
  user: 'root' | 'deploy' = 'root',
): LabWay => ({
  ...{ name, sentence, server: 'managed' },
  run: async (ground) => {
    const victim = await ground.victim();
    return killed([victim], 'SIGKILL', [await ground.strike(commandOf(victim.pid), user)]);
  },
});

const python = (lines: string) => `python3 -c "${lines}"`;

/** For a program of tmux the client is who did it. */
const killSession: LabWay = {
  name: 'tmux-kill-session',
  sentence: 'The owner ends a session by tmux kill-session.',
  server: 'managed',
  run: async (ground) => {
    const victim = await ground.victim();
    const killer = await ground.strike(`tmux kill-session -t ${victim.session}`, owners.managed);
    return died([victim], ['tmux-command', 'intended'], { killers: [killer] });
  },
};

/** Killers who aim at a process, each by another system call. */
export const oneProcess: readonly LabWay[] = [
  onSession('bin-kill', 'root runs /bin/kill.', (pid) => `/bin/kill -9 ${pid}`),
  onSession(
    'shell-builtin',
    'A shell of root kills by itself.',
    (pid) => `bash -c "kill -9 ${pid}; :"`,
  ),
  onSession('owner-kill', 'The owner runs /bin/kill.', (pid) => `/bin/kill -9 ${pid}`, 'deploy'),
  onSession('python-kill', 'A program of Python calls kill.', (pid) =>
    python(`import os; os.kill(${pid}, 9)`),
  ),
  onSession('python-pidfd', 'A program of Python sends it by a descriptor of the process.', (pid) =>
    python(`import os, signal; signal.pidfd_send_signal(os.pidfd_open(${pid}), 9)`),
  ),
  onSession('python-tgkill', 'A program of Python calls tgkill.', (pid) =>
    python(`import ctypes; ctypes.CDLL(None).syscall(234, ${pid}, ${pid}, 9)`),
  ),
  killSession,
];
