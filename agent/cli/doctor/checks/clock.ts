import { type Check, findingsOf } from '../check.ts';

const { ok, warn, unknown } = findingsOf('clock');

/** Evidence from several sources is put in order by time. */
export const clock: Check = async (machine) => {
  const args = ['show', '--property=NTPSynchronized', '--value'];
  const synchronised = await machine.run('timedatectl', args);
  if (synchronised === 'yes') return [ok({ title: 'the clock is synchronised', detail: '' })];
  if (synchronised !== 'no') {
    return [unknown({ title: 'whether the clock is right', detail: 'timedatectl does not say' })];
  }
  const detail = 'times in the log may be wrong and jump';
  return [
    warn({ title: 'the clock is not synchronised', detail }, 'sudo timedatectl set-ntp true'),
  ];
};
