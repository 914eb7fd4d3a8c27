import type { AlertLine } from '../../agent/protocol/notifier.ts';
import type { Answers } from './agent/connection.ts';
import type { Channel } from './channel.ts';
import { tryChannels } from './deliver/try-channels.ts';
import type { Telegram } from './telegram/telegram.ts';

/** What of us answers. */
export interface Answering {
  list(limit: number): AlertLine[];
  channels(): Channel[];
  host(): string;
  pairing(): Telegram['pairing'];
  now(): number;
}

/** What people ask the agent and it passes on to us; it has checked who they are, and what they say. */
export const passedOn = ({ list, channels, host, pairing, now }: Answering): Answers => ({
  'alerts.list': ({ limit }) => ({ alerts: list(limit) }),
  'alerts.test': async ({ channel }) => ({
    results: await tryChannels(channels(), channel, host(), now),
  }),
  'pairing.begin': () => pairing().begin(),
  'pairing.list': () => ({ people: pairing().list() }),
  'pairing.remove': ({ user }) => ({ removed: pairing().remove(user) }),
});
