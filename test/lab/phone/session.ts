import { setTimeout as wait } from 'node:timers/promises';
import { untilStatus } from '../deployed/status.ts';
import type { Machine } from '../machine.ts';

/** Declared for the phone alone: as it is usually declared it stays down until somebody presses a button. */
export const session = 'night';

const file = '/etc/holdfast/sessions.d/phone.yaml';

/** Something to see: colours, a box, wide characters. */
const program = [
  "printf '\\033[1;36m┌──────────────┐\\n│ night v1.4.2 │\\n└──────────────┘\\033[0m\\n'",
  "printf '\\033[32m✔\\033[0m database  \\033[33m▲\\033[0m queue 87 %%\\n日本語  😀  naïve café\\n'",
  'exec sleep infinity',
].join('; ');

type Restart = 'on-failure' | 'never';

const declaration = (restart: Restart) => ({
  sessions: { [session]: { command: program, restart } },
});

const isUp = (machine: Machine) =>
  untilStatus(machine, `${session} is up`, ({ sessions }) =>
    sessions.some((one) => one.session === session && one.status === 'up'),
  );

export const declare = async (machine: Machine, restart: Restart = 'never'): Promise<void> => {
  const reload = `cat >${file} && systemctl reload holdfast-agent`;
  await machine.must(reload, { stdin: JSON.stringify(declaration(restart)) });
  await isUp(machine);
  // Nothing says when the link has taken a picture of what is drawn first; it takes one every few seconds, and a busy machine later.
  await wait(30_000);
};

/** Leaves the machine as it was, whatever has become of the session. One that is stopped on purpose is no alert. */
export const undeclare = async (machine: Machine): Promise<void> => {
  await machine.run(`holdfast stop ${session}`, { limitMs: 120_000 });
  await machine.must(`rm ${file} && systemctl reload holdfast-agent`);
};

export const pidOf = (machine: Machine, name: string): Promise<string> =>
  machine.as('deploy').must(`tmux list-panes -t =${name}: -F '#{pane_pid}'`);
