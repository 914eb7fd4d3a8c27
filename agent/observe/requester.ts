import type { Requester } from '../model/events/action.ts';
import type { State } from '../model/state.ts';
import { lifeOf, originOf } from './life-of-process.ts';

/** The session a process runs in; null: it comes from outside. */
export const sessionOfProcess = (state: State, pid: number): string | null =>
  lifeOf(state, originOf(pid))?.session ?? null;

/** Who asks, by the kernel's word; uid and pid are -1 where it gives none. */
export const requester = (
  state: State,
  credentials: { pid: number; uid: number } | null,
): Requester => {
  if (!credentials) return { uid: -1, pid: -1, session: null };
  const { pid, uid } = credentials;
  return { uid, pid, session: sessionOfProcess(state, pid) };
};
