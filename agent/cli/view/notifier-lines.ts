import { nameOfSilence } from '../../model/alert-name.ts';
import { duration } from '../../model/duration.ts';
import { isInForce } from '../../model/in-force.ts';
import type { Silence } from '../../model/silence.ts';
import type { ChannelStatus, NotifierStatus } from '../../model/status/notifier-status.ts';
import type { StatusDocument } from '../../model/status/status.ts';
import { nameList } from '../../model/text/cause-text.ts';
import { plural } from '../../model/text/plural.ts';
import { printable } from '../../model/text/printable.ts';

/** It reports every few seconds; without a word for so long it hangs or is gone, ms. */
const silentMs = 120_000;

/** `1 of 3 channels ok, 1 waiting, 1 failed` */
const channelCounts = (channels: readonly ChannelStatus[]): string => {
  if (channels.length === 0) return 'nobody to be told';
  const countOf = (status: ChannelStatus['status']): number =>
    channels.filter((channel) => channel.status === status).length;
  const others = (['waiting', 'failed'] as const)
    .filter((status) => countOf(status) > 0)
    .map((status) => `, ${countOf(status)} ${status}`);
  return `${countOf('ok')} of ${plural(channels.length, 'channel')} ok${others.join('')}`;
};

/** `1 silence in force (main:web)` */
const silencesText = (inForce: readonly Silence[]): string => {
  const names = inForce.map((silence) => nameOfSilence(silence) ?? 'everything');
  return `${plural(inForce.length, 'silence')} in force (${nameList(names)})`;
};

/** `notifier: 2 of 3 channels ok, 1 failed · 3 queued · 1 silence in force (main:web)`; null where there is neither notifier nor silence. */
export const notifierText = (
  { notifier = null, silences = [] }: Pick<StatusDocument, 'notifier' | 'silences'>,
  now: number,
): string | null => {
  const inForce = silences.filter((silence) => isInForce(silence, now));
  if (notifier === null && inForce.length === 0) return null;
  const { channels } = notifier ?? { channels: [] };
  const queued = channels.reduce((sum, channel) => sum + channel.queued, 0);
  return [
    ...(notifier === null ? ['no notifier'] : [`notifier: ${channelCounts(channels)}`]),
    ...(queued > 0 ? [`${queued} queued`] : []),
    ...(inForce.length > 0 ? [silencesText(inForce)] : []),
  ].join(' · ');
};

const channelTroubles = (channels: readonly ChannelStatus[]): string[] =>
  channels
    .filter(({ status }) => status === 'failed')
    .map(({ channel, code }) => `${channel} is told nothing (${code}): holdfast alert test`);

const telegramTroubles = ({ telegram }: NotifierStatus): string[] => {
  if (telegram?.polling === 'conflict')
    return ['another program uses the token of the bot: buttons and commands are not heard here'];
  if (telegram?.polling === 'unauthorized')
    return ['Telegram refuses the token of the bot: give the notifier the right one'];
  return [];
};

const deadmanTroubles = ({ deadman }: NotifierStatus): string[] =>
  deadman?.status === 'unreachable'
    ? ["the dead-man's switch cannot be reached: see its address below alerts, and the network"]
    : [];

/** What keeps people from being told: shown only when there is something. */
export const notifierTroubles = (notifier: NotifierStatus | null, now: number): string[] => {
  if (notifier === null) return [];
  const quiet = now - notifier.reportedAt;
  return [
    ...(quiet > silentMs
      ? [`the notifier has said nothing for ${duration(quiet)}: see its log`]
      : []),
    ...channelTroubles(notifier.channels),
    ...telegramTroubles(notifier),
    ...deadmanTroubles(notifier),
  ].map(printable);
};
