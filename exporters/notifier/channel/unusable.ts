import type { Failure } from '../../../agent/model/failure.ts';
import type { Channel } from '../channel.ts';

/** In the place of a channel whose address or secret cannot be used: what is for it waits, and people can see why. */
export const createUnusable = (
  name: string,
  audience: Channel['audience'],
  { code, message }: Failure,
): Channel => ({
  name,
  audience,
  paceMs: 0,
  broken: { code, message },
  deliver: async () => ({ kind: 'unusable', code, message }),
});
