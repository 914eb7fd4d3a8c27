import { decodeDeclared } from '../../model/declared-name.ts';
import type { ExitRecord } from '../../protocol/listing.ts';

/** No number has more digits than tmux and the kernel give it: anybody on the server may write this text. */
const exitEntry =
  /(\$\d{1,10}),(%\d{1,10}),(\d{1,10}),([01]),(\d{1,9}),(\d{1,9}),([A-Za-z0-9_-]*),(\d{0,4}),(\d{0,4}),(\d{0,11});/g;

/** More ends than two listings can have between them. */
const maxExits = 500;

const readExit = (match: RegExpMatchArray): ExitRecord => {
  const [, tmuxId = '', pane = '', pid, shell, panes, windows, name, status, signal, at] = match;
  return {
    tmuxId,
    pane,
    pid: Number(pid),
    shell: shell === '1',
    last: panes === '1' && windows === '1',
    declared: decodeDeclared(name ?? ''),
    status: status ? Number(status) : null,
    signal: signal ? Number(signal) : null,
    at: Number(at) * 1000,
  };
};

/**
 * What a managed server wrote down about ends (`exitsOption` of dialect.ts), as `$1,%1,8039,0,1,1,YXBp,7,,1795194755;`. The
 * first entry may be cut, so what does not parse is left out, and with it what tells of a session the server has not
 * made yet.
 * @param nextSession the number of the next session it will make
 */
export const readExits = (text: string, nextSession: number): ExitRecord[] =>
  [...text.matchAll(exitEntry)]
    .map(readExit)
    .filter(({ tmuxId }) => Number(tmuxId.slice(1)) < nextSession)
    .slice(-maxExits);
