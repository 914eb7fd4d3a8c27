import type { Notify } from './notify.ts';
import { findSockets } from './sockets.ts';

/** Tells the owner's own sockets when they are others than it told before. */
export const createFoundSockets = (env: NodeJS.ProcessEnv, uid: number, notify: Notify) => {
  let told = '';
  return {
    tell(): void {
      const sockets = findSockets(env, uid);
      const now = JSON.stringify(sockets);
      if (now === told) return;
      told = now;
      notify('sockets.found', { sockets });
    },
    /** A new agent knows nothing: tell everything again. */
    forget(): void {
      told = '';
    },
  };
};
