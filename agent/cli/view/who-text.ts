import type { Requester } from '../../model/events/action.ts';
import type { Remote } from '../../model/events/remote.ts';

export const remoteText = ({ channel, user, name }: Remote): string =>
  `${name} (${channel} ${user})`;

/** Who asked: the person behind it, where one is known. */
export const whoText = ({ uid, session, remote }: Requester): string =>
  remote ? remoteText(remote) : `uid ${uid}${session ? ` from session ${session}` : ''}`;
