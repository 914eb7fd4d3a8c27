import type { Machine } from './machine.ts';

/** Where systemd looks for configuration, the strongest last. */
const places = ['/usr/lib', '/usr/local/lib', '/run', '/etc'];

/**
 * The texts of a drop-in directory such as `tmpfiles.d`, in the order systemd reads them: by file name, and a
 * file in a stronger place hides one of the same name.
 */
export const dropIns = (machine: Machine, directory: string): string[] => {
  const files = new Map<string, string>();
  for (const place of places) {
    for (const name of machine.list(`${place}/${directory}`)) {
      if (name.endsWith('.conf')) files.set(name, `${place}/${directory}/${name}`);
    }
  }
  return [...files.keys()].sort().map((name) => machine.read(files.get(name) ?? '') ?? '');
};
