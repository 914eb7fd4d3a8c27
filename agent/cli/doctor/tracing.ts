import type { Machine } from './machine.ts';

/** Where tracefs belongs (tracefs documentation of the kernel). */
export const mountTracing = 'sudo mount -t tracefs nodev /sys/kernel/tracing';

/** Whether tracefs is mounted. Whether it may be read only root can tell. */
export const seesTracing = (machine: Machine): boolean =>
  (machine.read('/proc/mounts') ?? '')
    .split('\n')
    .some((mount) => mount.split(' ')[2] === 'tracefs');

/** What systemd, Docker and Podman leave in their containers (systemd.io/CONTAINER_INTERFACE). */
const marks = ['/run/systemd/container', '/.dockerenv', '/run/.containerenv'];

export const isContainer = (machine: Machine): boolean =>
  marks.some((path) => machine.ownerOf(path) !== null);
