import type { Requester } from '../../../model/events/action.ts';
import type { Remote } from '../../../model/events/remote.ts';
import type { Subject } from '../subject.ts';

export const remoteText = ({ user, name }: Remote): string => `Telegram user ${user} (${name})`;

export const whoAsked = ({ uid, remote }: Requester): string =>
  remote ? remoteText(remote) : `uid ${uid}`;

export const ofRemote = ({ channel, user }: Remote): Subject => ({ remote: `${channel}:${user}` });

export const ofRequester = ({ remote }: Requester): Subject => (remote ? ofRemote(remote) : {});
