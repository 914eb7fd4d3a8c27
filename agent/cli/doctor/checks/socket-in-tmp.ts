import { hasSystemd } from '../cgroup.ts';
import { type Check, findingsOf } from '../check.ts';
import { dropIns } from '../config-dirs.ts';
import type { Machine } from '../machine.ts';
import type { Mend } from '../mend/mend.ts';

const { ok, warn } = findingsOf('socket-in-tmp');

interface Rule {
  type: string;
  path: string;
  age: string;
}

/** The lines of tmpfiles.d(5): type, path, mode, user, group, age, argument. */
const rulesIn = (machine: Machine): Rule[] =>
  dropIns(machine, 'tmpfiles.d')
    .flatMap((text) => text.split('\n'))
    .filter((line) => /^[a-zA-Z]/.test(line))
    .map((line) => {
      const [type = '', path = '', , , , age = '-'] = line.trim().split(/\s+/);
      return { type: type.charAt(0), path, age };
    });

const cleanedAfter = (rules: readonly Rule[], directory: string): string | null => {
  const rule = rules.find(({ type, path }) => 'dDeqQv'.includes(type) && path === directory);
  return rule && rule.age !== '-' ? rule.age : null;
};

const spares = (rules: readonly Rule[], directory: string): boolean =>
  rules.some(({ type, path }) => 'xX'.includes(type) && path.startsWith(`${directory}/tmux-`));

/** systemd-tmpfiles deletes what was not used for some days: a socket that is gone cannot be attached to. */
export const socketInTmp: Check = (machine, servers) => {
  const rules = hasSystemd(machine) ? rulesIn(machine) : [];
  const cleaned = ['/tmp', '/var/tmp'].flatMap((directory) => {
    const age = cleanedAfter(rules, directory);
    const sockets = servers
      .map(({ socket }) => socket)
      .filter((path) => path.startsWith(`${directory}/`));
    if (age === null || sockets.length === 0 || spares(rules, directory)) return [];
    const title = `tmux sockets lie in ${directory}, and it is cleaned`;
    const detail = `${sockets.join(', ')}: what is unused for ${age} is deleted`;
    const file = '/etc/tmpfiles.d/tmux.conf';
    const fix = `echo 'x ${directory}/tmux-*' | sudo tee ${file}`;
    const mend: Mend = {
      steps: [{ does: 'write', file, text: `x ${directory}/tmux-*\n` }],
      ...{ needsRoot: true, foreign: 'systemd-tmpfiles', undo: `rm ${file}` },
    };
    return [warn({ title, detail }, fix, mend)];
  });
  if (cleaned.length > 0) return cleaned;
  return [ok({ title: 'no tmux socket is cleaned away', detail: '' })];
};
