import type { Requester } from '../model/events/action.ts';

/** Nobody asked: the agent itself wants it. */
export const self = (): Requester => ({
  uid: process.getuid?.() ?? -1,
  pid: process.pid,
  session: null,
});
