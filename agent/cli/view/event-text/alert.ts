import { nameOfSilence } from '../../../model/alert-name.ts';
import { duration } from '../../../model/duration.ts';
import type { AlertEvents } from '../../../model/events/alert.ts';
import { dateTime } from '../time.ts';
import { remoteText, whoText } from '../who-text.ts';
import type { Texts } from './texts.ts';

export const alertTexts: Texts<AlertEvents> = {
  'alert.sent': ({ alert, kind, severity, status, channel, afterMs }) =>
    `alert ${alert} (${kind}, ${severity}, ${status}) sent to ${channel} after ${duration(afterMs)}`,
  'alert.failed': ({ alert, kind, channel, code, message }) =>
    `alert ${alert} (${kind}) did not reach ${channel}: ${message} (${code})`,
  'alert.acknowledged': ({ incident, by }) => `incident ${incident} acknowledged by ${whoText(by)}`,
  'alert.silenced': ({ until, reason, by, ...silence }) =>
    `alerts of ${nameOfSilence(silence) ?? 'everything'} silenced until ${dateTime(until)} by ${whoText(by)}${reason ? `: ${reason}` : ''}`,
  'alert.unsilenced': ({ silence, by }) => `silence ${silence} ended by ${whoText(by)}`,
  'remote.paired': ({ remote }) => `${remoteText(remote)} paired`,
  'remote.unpaired': ({ remote }) => `${remoteText(remote)} no longer paired`,
  'remote.refused': ({ remote, what }) =>
    `${remoteText(remote)} is not paired and asked for ${what}`,
};
