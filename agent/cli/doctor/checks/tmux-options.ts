import { shellWord } from '../../../model/text/shell-word.ts';
import { type Check, type Finding, findingsOf, type WatchedServer } from '../check.ts';
import type { Machine } from '../machine.ts';
import type { Mend } from '../mend/mend.ts';
import { isOwnSocket } from '../own-socket.ts';

const { ok, warn, unknown } = findingsOf('tmux-options');

/** Options that make tmux end sessions by itself: their scope flag, and what they mean. */
const options = [
  {
    name: 'destroy-unattached',
    scope: '-g',
    detail: 'a session ends when nobody is attached to it',
  },
  { name: 'exit-unattached', scope: '-s', detail: 'the server ends when nobody is attached to it' },
] as const;

/** `-N`: start none. */
const optionValue = (machine: Machine, socket: string, scope: string, name: string) =>
  machine.run('tmux', ['-N', '-S', socket, 'show-options', `${scope}v`, name]);

const judge = async (machine: Machine, { server, socket }: WatchedServer): Promise<Finding[]> => {
  const title = `options of ${server} that end sessions`;
  if (!isOwnSocket(machine, socket)) {
    return [unknown({ title, detail: `${socket} is not yours: it is not asked` })];
  }
  const findings: Finding[] = [];
  for (const { name, scope, detail } of options) {
    const value = await optionValue(machine, socket, scope, name);
    if (value === null) return [unknown({ title, detail: `${server} does not answer` })];
    if (value === 'off') continue;
    const fix = `tmux -S ${shellWord(socket)} set-option ${scope} ${name} off`;
    const args = ['-N', '-S', socket, 'set-option', scope, name, 'off'];
    const mend: Mend = {
      steps: [{ does: 'run', program: 'tmux', args }],
      ...{ needsRoot: false, foreign: `the tmux server ${server}` },
      undo: `tmux -S ${shellWord(socket)} set-option ${scope} ${name} ${shellWord(value)}`,
    };
    findings.push(warn({ title: `${name} is ${value} on ${server}`, detail }, fix, mend));
  }
  return findings.length > 0 ? findings : [ok({ title, detail: 'are off' })];
};

export const tmuxOptions: Check = async (machine, servers) => {
  const running = servers.filter(({ pid }) => pid !== null);
  return (await Promise.all(running.map((server) => judge(machine, server)))).flat();
};
