import { keys } from '../../e2e/attached-client.ts';
import { died } from '../expected.ts';
import { lookAt } from '../ground/look-at.ts';
import { untilGone } from '../ground/process.ts';
import type { Way } from '../way.ts';

/** tmux 3.3a now and then crashes of it (a fault of its own): the truth is then another, and the process tells. */
const sessionGoes: Way = {
  name: 'destroy-unattached',
  sentence: 'A session is set to go once nobody looks at it, and the terminal that did is closed.',
  server: 'both',
  ruins: 'server',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const client = await lookAt(ground, victim.session);
    // So that the server has something to live for.
    await ground.tmux('new-session', '-d', 'exec sleep 1000');
    await ground.tmux('set-option', '-t', victim.session, 'destroy-unattached', 'on');
    await ground.tmux('detach-client', '-s', victim.session);
    await client.gone;
    await untilGone(victim.pid);
    const lives = await ground.serverPid().then(
      () => true,
      () => false,
    );
    return lives
      ? died([victim], ['tmux-command'])
      : died([victim], ['program-crash'], { scope: 'server', signal: 'SIGSEGV' });
  },
};

/** The server goes when nobody looks at any of its sessions. */
const serverGoes: Way = {
  name: 'exit-unattached',
  sentence: 'A server is set to end once nobody looks, and the only terminal that did is closed.',
  server: 'adopted',
  ruins: 'server',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const server = await ground.serverPid();
    const client = await lookAt(ground, victim.session);
    await ground.tmux('set-option', '-s', 'exit-unattached', 'on');
    client.type(keys.detach);
    await client.gone;
    await untilGone(server);
    const looker = { pid: client.pid, cmdline: [] };
    return died([victim], ['tmux-command'], { scope: 'server', killers: [looker] });
  },
};

/** tmux ends by itself what nobody looks at any more. */
export const tmuxUnattached: readonly Way[] = [sessionGoes, serverGoes];
