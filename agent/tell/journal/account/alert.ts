import { nameOfSilence } from '../../../model/alert-name.ts';
import type { AlertEvents } from '../../../model/events/alert.ts';
import type { Remote } from '../../../model/events/remote.ts';
import type { Context } from '../context.ts';
import type { Subject } from '../subject.ts';
import type { Accounts } from './account.ts';
import { ofIncident } from './incident.ts';
import { ofRemote, ofRequester, remoteText, whoAsked } from './requester.ts';
import { seconds } from './seconds.ts';

const ofAlert = (
  { alert, channel, incident }: { alert: string; channel: string; incident: string | null },
  context: Context,
): Subject => ({ ...(incident === null ? {} : ofIncident(incident, context)), alert, channel });

const ofPerson = ({ remote }: { remote: Remote }): Subject => ofRemote(remote);

export const alertAccounts: Accounts<AlertEvents> = {
  'alert.sent': {
    sentence: ({ alert, kind, severity, status, channel, afterMs }) =>
      `Alert ${alert} (${kind}, ${severity}, ${status}) was sent to ${channel} after ${seconds(afterMs)}`,
    subject: ofAlert,
  },
  'alert.failed': {
    sentence: ({ alert, kind, channel, message, code }) =>
      `Alert ${alert} (${kind}) did not reach ${channel}: ${message} (${code})`,
    subject: ofAlert,
  },
  'alert.acknowledged': {
    sentence: ({ incident, by }) => `Incident ${incident} was acknowledged by ${whoAsked(by)}`,
    subject: ({ incident, by }, context) => ({
      ...ofIncident(incident, context),
      ...ofRequester(by),
    }),
  },
  'alert.silenced': {
    sentence: (data) =>
      `Alerts of ${nameOfSilence(data) ?? 'everything'} are silenced by ${whoAsked(data.by)}: ${data.reason}`,
    subject: ({ session, by }) => ({
      ...(session === null ? {} : { session: [session] }),
      ...ofRequester(by),
    }),
  },
  'alert.unsilenced': {
    sentence: ({ silence, by }) => `Silence ${silence} was ended by ${whoAsked(by)}`,
    subject: ({ by }) => ofRequester(by),
  },
  'remote.paired': {
    sentence: ({ remote }) => `${remoteText(remote)} was paired`,
    subject: ofPerson,
  },
  'remote.unpaired': {
    sentence: ({ remote }) => `${remoteText(remote)} is no longer paired`,
    subject: ofPerson,
  },
  'remote.refused': {
    sentence: ({ remote, what }) =>
      `${remoteText(remote)} is not paired and asked for ${what}: no answer was given`,
    subject: ofPerson,
  },
};
