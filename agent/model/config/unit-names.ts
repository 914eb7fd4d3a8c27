/** The unit of a declaration. */
export const serviceOf = (name: string, unit: string | undefined): string =>
  unit ?? `${name}.service`;

/** Ours, and what a machine stands on: to stop one of these is to lose the way in, or the watcher. */
const kept = [
  ...['holdfast', 'systemd-', 'dbus', 'ssh', 'polkit', 'init.', 'user@', 'user-runtime-dir@'],
  ...['getty', 'serial-getty', 'console-getty', 'container-getty', 'emergency', 'rescue', 'initrd'],
  ...['network', 'NetworkManager', 'ifup@', 'udev', 'udisks', 'cron', 'ufw', 'nftables'],
  ...['cloud-', 'unattended-upgrades', 'tailscaled', 'wg-quick@', 'auditd', 'rsyslog'],
];

export const isOurs = (unit: string): boolean =>
  kept.some((beginning) => unit.toLowerCase().startsWith(beginning.toLowerCase()));
