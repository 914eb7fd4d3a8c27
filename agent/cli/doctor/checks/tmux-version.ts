import { type Check, findingsOf } from '../check.ts';

const { ok, warn } = findingsOf('tmux-version');

/** The oldest that is tested: Debian 12 has 3.3a. */
const oldest = [3, 3] as const;

const isOld = (major: number, minor: number): boolean =>
  major < oldest[0] || (major === oldest[0] && minor < oldest[1]);

export const tmuxVersion: Check = async (machine) => {
  const text = await machine.run('tmux', ['-V']);
  const fix = 'sudo apt-get install tmux';
  if (text === null) return [warn({ title: 'tmux is not installed', detail: '' }, fix)];
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? [];
  // A build from git says `tmux master`.
  if (major === undefined || !isOld(Number(major), Number(minor)))
    return [ok({ title: text, detail: '' })];
  const detail = `Holdfast is tested with ${oldest.join('.')} and newer`;
  return [warn({ title: `${text} is old`, detail }, fix)];
};
