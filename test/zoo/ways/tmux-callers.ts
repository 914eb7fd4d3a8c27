import { keys } from '../../e2e/attached-client.ts';
import { died } from '../expected.ts';
import { callers, fromWithin } from '../ground/callers.ts';
import { lookAt } from '../ground/look-at.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

const verbs = ['kill-session', 'kill-window', 'kill-pane'];

/** Every verb by everybody; on both kinds of server what is said most. */
const told = callers.flatMap((caller) =>
  verbs.map(
    (verb): Way => ({
      ...onSession,
      name: `${verb}-${caller.name}`,
      sentence: `tmux takes a session away by ${verb}, a command ${caller.about}.`,
      server: caller.name === 'script' || verb === verbs[0] ? 'both' : 'managed',
      run: async (ground) => {
        const victim = await ground.sleeper();
        const killer = await caller.call(ground, [verb, '-t', `${victim.session}:`]);
        return died([victim], ['tmux-command'], { killers: [killer] });
      },
    }),
  ),
);

const killServer = callers.map(
  (caller): Way => ({
    ...onSession,
    name: `kill-server-${caller.name}`,
    sentence: `tmux ends with all its sessions by kill-server, a command ${caller.about}.`,
    server: 'both',
    ruins: 'server',
    run: async (ground) => {
      const victim = await ground.sleeper();
      const killer = await caller.call(ground, ['kill-server']);
      return died([victim], ['tmux-command'], { scope: 'server', killers: [killer] });
    },
  }),
);

const ownEnd: Way = {
  ...onSession,
  name: 'kill-session-within',
  sentence: 'A session is taken away by a command typed into its own shell.',
  run: async (ground) => {
    const victim = await ground.victim();
    const command = ['kill-session', '-t', `${victim.session}:`];
    const killer = await fromWithin(ground, victim.session, command);
    return died([victim], ['tmux-command'], { killers: [killer] });
  },
};

/** The server is told by a key, and no program is started to tell it. */
const bound: Way = {
  ...onSession,
  name: 'kill-pane-by-key',
  sentence: 'Somebody who looks at a session presses a key that is bound to kill-pane.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    await ground.tmux('bind-key', '-n', 'F12', 'kill-pane');
    const client = await lookAt(ground, victim.session);
    client.type(keys.f12);
    await client.gone;
    const looker = { pid: client.pid, cmdline: ['attach-session', victim.session] };
    return died([victim], ['tmux-command'], { killers: [looker] });
  },
};

/** tmux is told to end what is then found dead: by everybody who can tell it. */
export const tmuxCallers: readonly Way[] = [...told, ...killServer, ownEnd, bound];
