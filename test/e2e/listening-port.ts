import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const listens = '0A';

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    // It was closed meanwhile.
    return '';
  }
};

/** Lines of proc_net(5) of all that listens, split. */
const listening = (): string[][] =>
  ['tcp', 'tcp6']
    .flatMap((family) => readFileSync(`/proc/net/${family}`, 'utf8').split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter(({ 3: state }) => state === listens);

/**
 * The port that a process listens at, where it says none itself; undefined: it does not listen yet. A free port that is looked
 * for beforehand may be somebody else's by the time it is used.
 */
export const listeningPort = (pid: number): number | undefined => {
  const directory = `/proc/${pid}/fd`;
  const open = new Set(readdirSync(directory).map((fd) => linkOf(`${directory}/${fd}`)));
  const found = listening().find(({ 9: inode }) => open.has(`socket:[${inode}]`));
  return found && Number.parseInt(found[1]?.split(':')[1] ?? '', 16);
};
