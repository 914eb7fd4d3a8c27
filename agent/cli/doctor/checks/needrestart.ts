import { type Check, findingsOf } from '../check.ts';
import type { Mend } from '../mend/mend.ts';

const { ok, warn } = findingsOf('needrestart');

const directory = '/etc/needrestart';
const isActive = (line: string): boolean => !line.trimStart().startsWith('#');

/** needrestart restarts services after updates, and with them the tmux servers inside. */
export const needrestart: Check = (machine) => {
  const main = machine.read(`${directory}/needrestart.conf`);
  if (main === null) return [ok({ title: 'needrestart is not installed', detail: '' })];
  const more = machine
    .list(`${directory}/conf.d`)
    .map((name) => machine.read(`${directory}/conf.d/${name}`) ?? '');
  const lines = [main, ...more].flatMap((text) => text.split('\n')).filter(isActive);
  const onlyLists = lines.findLast((line) => line.includes('$nrconf{restart}'))?.includes("'l'");
  const spared = lines.some((line) => line.includes('override_rc') && line.includes('holdfast'));
  if (onlyLists || spared) {
    return [ok({ title: 'needrestart leaves tmux servers alone', detail: '' })];
  }
  const detail = 'after an update it may restart the service a tmux server runs in';
  const rule = '$nrconf{override_rc}{qr(^(holdfast-|user@|session-))} = 0;';
  const file = `${directory}/conf.d/holdfast.conf`;
  const fix = `echo '${rule}' | sudo tee ${file}`;
  const mend: Mend = {
    steps: [{ does: 'write', file, text: `${rule}\n` }],
    ...{ needsRoot: true, foreign: 'needrestart', undo: `rm ${file}` },
  };
  return [warn({ title: 'needrestart may restart tmux servers', detail }, fix, mend)];
};
