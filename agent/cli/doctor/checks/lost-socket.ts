import { dirname } from 'node:path';
import { shellWord } from '../../../model/text/shell-word.ts';
import { type Check, type Finding, findingsOf, type WatchedServer } from '../check.ts';
import type { Machine } from '../machine.ts';
import type { Step } from '../mend/mend.ts';
import { isServer, serverComm } from '../server-process.ts';

const { ok, warn } = findingsOf('lost-socket');

const uidOf = (machine: Machine, pid: number): number | null => {
  const uid = /^Uid:\s+(\d+)/m.exec(machine.read(`/proc/${pid}/status`) ?? '')?.[1];
  return uid === undefined ? null : Number(uid);
};

/** tmux makes its socket again at SIGUSR1 (tmux(1)), not the directory it lies in. */
const judge = (machine: Machine, { server, socket, pid }: WatchedServer): Finding[] => {
  if (pid === null || machine.ownerOf(socket) !== null) return [];
  if (!isServer(machine, pid)) return [];
  const uid = uidOf(machine, pid);
  const directory = dirname(socket);
  const isMissing = machine.ownerOf(directory) === null;
  // A directory made by another user would not be the server's.
  const isOurs = uid === machine.uid;
  const steps: Step[] = [
    ...(isMissing ? [{ does: 'make-directory' as const, directory, mode: 0o700 }] : []),
    { does: 'signal', pid, signal: 'SIGUSR1', program: serverComm },
  ];
  const make = isMissing ? `mkdir -m 700 ${shellWord(directory)} && ` : '';
  const title = `the socket of ${server} is gone`;
  const detail = `${socket}: nobody can attach; its sessions live on`;
  const mend = {
    ...{ steps, needsRoot: false, undo: 'nothing has to be undone' },
    foreign: `the tmux server ${server}`,
  };
  return [warn({ title, detail }, `${make}kill -USR1 ${pid}`, isOurs ? mend : null)];
};

/** Sockets and their directories that were deleted under a running server. */
export const lostSocket: Check = (machine, servers) => {
  const lost = servers.flatMap((server) => judge(machine, server));
  return lost.length > 0 ? lost : [ok({ title: 'no socket of a tmux server is gone', detail: '' })];
};
