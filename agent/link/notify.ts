import type { LinkNotifications } from '../protocol/link.ts';

/** Tells the agent something; lost where no agent is connected. */
export type Notify = <K extends keyof LinkNotifications>(
  method: K,
  params: LinkNotifications[K],
) => void;
