import { statusHomes } from '../../../agent/model/status/status-homes.ts';
import { collector } from '../collector.ts';
import { stateSet } from '../family.ts';
import { seconds, secondsSince } from '../seconds.ts';
import { botNeeds, botStates } from '../state/bot.ts';
import { botLines, maxBotSeries, ofEachBot } from './bot-lines.ts';

export const bot = collector({
  name: 'bot',
  about: `Each bot that says how it is, at most ${maxBotSeries}. \`bot\` is its name among those of its session, empty for the only one. Counters run since its process began; what it does not say is absent, and all but its state where it is lost.`,
  input: ({ state, now }) => state.document && botLines(statusHomes(state.document), now),
  families: [
    {
      name: 'holdfast_bot_connection_state',
      type: 'gauge',
      help: 'How it is connected to its service: 1 for the state that holds now. `lost`: it is not heard any more, and its session goes on; `unknown`: it does not say.',
      labels: ['session', 'server', 'bot', 'state'],
      samples: (lines) =>
        lines.flatMap(({ labels, bot: { state } }) => stateSet('state', botStates, state, labels)),
    },
    {
      name: 'holdfast_bot_needs',
      type: 'gauge',
      help: 'What a person has to do before it goes on: 1 for what it waits for now, a QR code to be scanned, a code to be entered, a login. `holdfast login` shows it.',
      labels: ['session', 'server', 'bot', 'kind'],
      samples: (lines) =>
        lines.flatMap(({ labels, bot: { needs, state } }) =>
          needs === undefined || state === 'lost' ? [] : stateSet('kind', botNeeds, needs, labels),
        ),
    },
    ofEachBot(
      'counter',
      'holdfast_bot_connection_changes_total',
      'How often its connection changed, in this life of its session.',
      ({ changes = null }) => changes,
    ),
    ofEachBot(
      'counter',
      'holdfast_bot_messages_received_total',
      'Messages it received.',
      (one) => one.in?.count ?? null,
    ),
    ofEachBot(
      'counter',
      'holdfast_bot_messages_sent_total',
      'Messages it sent.',
      (one) => one.out?.count ?? null,
    ),
    ofEachBot(
      'gauge',
      'holdfast_bot_last_received_timestamp_seconds',
      'When it last received a message, Unix time.',
      (one) => seconds(one.in?.lastAt),
    ),
    ofEachBot(
      'gauge',
      'holdfast_bot_last_sent_timestamp_seconds',
      'When it last sent a message, Unix time.',
      (one) => seconds(one.out?.lastAt),
    ),
    ofEachBot(
      'counter',
      'holdfast_bot_reconnects_total',
      'Times it was ready again after it was not.',
      ({ reconnects }) => reconnects,
    ),
    ofEachBot('counter', 'holdfast_bot_errors_total', 'Its errors.', ({ errors }) => errors),
    ofEachBot(
      'gauge',
      'holdfast_bot_heartbeat_age_seconds',
      'How long ago it last said how it is.',
      ({ heardAt }, now) => secondsSince(heardAt, now),
    ),
    ofEachBot(
      'gauge',
      'holdfast_bot_login_age_seconds',
      'How old its login with the service is.',
      ({ login }, now) => secondsSince(login?.createdAt, now),
    ),
    ofEachBot(
      'gauge',
      'holdfast_bot_login_expires_timestamp_seconds',
      'When its login with the service ends, Unix time.',
      ({ login }) => seconds(login?.expiresAt),
    ),
  ],
});
