import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const programs = [
  ...['qemu-system-x86_64', 'qemu-img', 'mmdebstrap', 'mke2fs', 'dpkg-scanpackages'],
  ...['ssh', 'scp', 'ssh-keygen', 'setpriv', 'unshare'],
];

export interface Host {
  arch: string;
  /** Undefined where a platform has no users. */
  uid: number | undefined;
  path: string;
}

const thisHost = (): Host => ({
  arch: process.arch,
  uid: process.getuid?.(),
  path: process.env['PATH'] ?? '',
});

const isOn = (path: string, program: string): boolean =>
  path.split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Why no machine can be built and booted here, or null where nothing stands against it. */
export const findObstacle = ({ arch, uid, path }: Host = thisHost()): string | null => {
  if (arch !== 'x64') return `the lab needs an x86_64 host, this is ${arch}`;
  if (uid !== 0) return 'the lab needs root, to build a system and to enter it';
  const missing = programs.filter((program) => !isOn(path, program));
  return missing.length === 0 ? null : `the lab needs ${missing.join(', ')}`;
};
