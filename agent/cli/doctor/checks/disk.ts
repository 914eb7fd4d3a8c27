import { size } from '../../../model/text/quantity.ts';
import { type Check, findingsOf } from '../check.ts';

const { ok, warn, unknown } = findingsOf('disk');

const leastBytes = 256 * 1024 * 1024;
const leastShare = 0.05;

/** On a full disk programs die of failed writes, and the log of events waits in memory. */
export const disk: Check = (machine) => {
  const space = machine.space(machine.stateDir) ?? machine.space('/');
  if (!space) return [unknown({ title: 'free disk space', detail: 'cannot be read' })];
  const free = space.bavail * space.bsize;
  const full = free < leastBytes || space.bavail < space.blocks * leastShare;
  // Some file systems count no files.
  const noFiles = space.files > 0 && space.ffree < space.files * leastShare;
  const detail = `${size(free)} free below ${machine.stateDir}`;
  if (!full && !noFiles) return [ok({ title: 'there is disk space', detail })];
  const title = full ? 'the disk is nearly full' : 'the disk can take hardly any more files';
  return [warn({ title, detail }, 'sudo journalctl --vacuum-size=200M && sudo apt-get clean')];
};
