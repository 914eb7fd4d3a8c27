import { type Check, findingsOf } from '../check.ts';

const { ok, warn, unknown } = findingsOf('hidepid');

/** With hidepid a user sees no processes of others: who killed a session may be one of them (proc(5)). */
export const hidepid: Check = (machine) => {
  const mounts = machine.read('/proc/mounts');
  if (mounts === null)
    return [unknown({ title: 'hidepid', detail: '/proc/mounts cannot be read' })];
  const line = mounts.split('\n').findLast((mount) => mount.split(' ')[1] === '/proc') ?? '';
  const value = /\bhidepid=([a-z0-9]+)/.exec(line)?.[1];
  if (value === undefined || value === '0' || value === 'off') {
    return [ok({ title: 'processes of other users can be seen', detail: '' })];
  }
  const detail = `/proc is mounted with hidepid=${value}: the killer of a session may not be seen`;
  const fix = 'sudo mount -o remount,hidepid=0 /proc';
  return [warn({ title: 'processes of other users are hidden', detail }, fix)];
};
