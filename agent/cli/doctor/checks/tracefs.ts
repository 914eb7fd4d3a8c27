import { type Check, findingsOf } from '../check.ts';

const { ok, warn } = findingsOf('tracefs');

/** Only the kernel's tracing knows who sent a signal. Whether it may be read only root can tell. */
export const tracefs: Check = (machine) => {
  const mounts = machine.read('/proc/mounts') ?? '';
  const mounted = mounts.split('\n').some((mount) => mount.split(' ')[2] === 'tracefs');
  if (mounted) return [ok({ title: 'tracefs is mounted', detail: '' })];
  const detail = 'who sent a signal cannot be seen; in most containers that cannot be changed';
  return [
    warn(
      { title: 'tracefs is missing', detail },
      'sudo mount -t tracefs nodev /sys/kernel/tracing',
    ),
  ];
};
