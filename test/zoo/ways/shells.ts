import { died, killed, unharmed } from '../expected.ts';
import { binary } from '../ground/means.ts';
import { childOf, untilGone } from '../ground/process.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

const shellSignal = (signal: string): Way => ({
  ...onSession,
  name: `shell-${signal.toLowerCase()}`,
  sentence: `An interactive shell is sent SIG${signal} while a program of it runs.`,
  server: 'both',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.victim();
    await ground.tmux('send-keys', '-t', victim.session, 'sleep 100000', 'Enter');
    await childOf(victim.pid);
    return killed([victim], `SIG${signal}`, [await binary.send(ground, signal, victim.pid)]);
  },
});

const killsItself: Way = {
  ...onSession,
  name: 'shell-kills-itself',
  sentence: 'Somebody types kill -9 $$ into his shell.',
  run: async (ground) => {
    const victim = await ground.victim();
    await ground.tmux('send-keys', '-t', victim.session, 'kill -9 $$', 'Enter');
    await untilGone(victim.pid);
    return died([victim], ['signal'], { signal: 'SIGKILL' });
  },
};

/** The shell lives: what runs in it is not the session. */
const childOfShell: Way = {
  ...onSession,
  name: 'program-in-shell',
  sentence: 'A program that somebody started in his shell is killed; the shell goes on.',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.victim();
    await ground.tmux('send-keys', '-t', victim.session, 'sleep 100000', 'Enter');
    const child = await childOf(victim.pid);
    await binary.send(ground, 'KILL', child);
    await untilGone(child);
    return unharmed(victim);
  },
};

const interrupted: Way = {
  ...onSession,
  name: 'ctrl-c',
  sentence: 'Ctrl-C is typed into the terminal of a program that does nothing about it.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    await ground.tmux('send-keys', '-t', victim.session, 'C-c');
    return died([victim], ['signal'], { signal: 'SIGINT' });
  },
};

const quit: Way = {
  ...onSession,
  name: 'ctrl-backslash',
  sentence: 'Ctrl-\\ is typed into the terminal of a program that does nothing about it.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    await ground.tmux('send-keys', '-t', victim.session, 'C-\\');
    return died([victim], ['signal'], { signal: 'SIGQUIT' });
  },
};

/** What happens to shells, and at the keyboard. */
export const shells: readonly Way[] = [
  shellSignal('KILL'),
  shellSignal('HUP'),
  killsItself,
  childOfShell,
  interrupted,
  quit,
];
