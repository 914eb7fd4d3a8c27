import { died } from '../expected.ts';
import { untilGone } from '../ground/process.ts';
import { splitPane } from '../ground/split.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

/** A program that waits for a line and then does `then`. */
const exits = (name: string, sentence: string, then: string, status: number): Way => ({
  ...onSession,
  name,
  sentence,
  server: 'both',
  run: async (ground) => {
    const victim = await ground.victim([ground.files.script('sh', `read -r line; ${then}`)]);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    return died([victim], ['program-exit'], { exitStatus: status });
  },
});

const endOfInput: Way = {
  ...onSession,
  name: 'end-of-input',
  sentence: 'A program reads to the end of its input, which Ctrl-D is.',
  run: async (ground) => {
    const victim = await ground.victim(['cat', '-']);
    await ground.tmux('send-keys', '-t', victim.session, 'C-d');
    return died([victim], ['program-exit'], { exitStatus: 0 });
  },
};

const twoAlike: Way = {
  ...onSession,
  name: 'two-exit-alike',
  sentence: 'Two programs in two sessions end by themselves in one moment, with the same status.',
  run: async (ground) => {
    const script = ground.files.script('sh', 'read -r line; exit 4');
    const victims = [await ground.victim([script]), await ground.victim([script])];
    const keys = victims.map(({ session }) => ['send-keys', '-t', session, 'Enter']);
    await ground.tmux(...(keys[0] ?? []), ';', ...(keys[1] ?? []));
    return died(victims, ['program-exit'], { exitStatus: 4 });
  },
};

/** Both panes have to go before the session does. */
const twoPanes: Way = {
  ...onSession,
  name: 'last-of-two-panes',
  sentence: 'One pane is closed, and then the program in the other one ends by itself.',
  run: async (ground) => {
    const victim = await ground.victim([ground.files.script('sh', 'read -r line; exit 6')]);
    const pid = await splitPane(ground, victim.session, ['sleep', '100000']);
    await ground.tmux('kill-pane', '-t', `${victim.session}:.1`);
    await untilGone(pid);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    return died([victim], ['program-exit'], { exitStatus: 6 });
  },
};

/** Programs that end by themselves. */
export const exitsByThemselves: readonly Way[] = [
  exits('exit-0', 'A program ends by itself and says that all went well.', 'exit 0', 0),
  exits('exit-7', 'A program ends by itself with a status of its own.', 'exit 7', 7),
  exits(
    'exit-137',
    'A program ends by itself with the status a shell gives for a kill.',
    'exit 137',
    137,
  ),
  exits('exec-false', 'A shell becomes a program that fails.', 'exec false', 1),
  endOfInput,
  twoAlike,
  twoPanes,
];
