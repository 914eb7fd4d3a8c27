import { parseButton } from '../../../exporters/notifier/telegram/format/button-data.ts';
import { type Accepted, shown, type Version } from '../../telegram/ledger.ts';

/** What a storm says of itself: how many alerts it is, and how many of them are over. */
export interface Size {
  alerts: number;
  over: number;
}

/** What stands on a phone, as somebody who reads it sees it. */
export interface Seen {
  /** Alerts and storms; without answers to other messages and what is said to who was paired. */
  messages: Accepted[];
  /** The incidents that have a message of their own, and whether it says that they are over. */
  alone: Map<string, boolean>;
  /** How often the same was said once more about the same message. */
  rungTwice: number;
}

const stormForm = /^(\d+) more alerts? in a short time(?:, (\d+) of them over)?$/m;

/** Null where it is about one alert. */
export const sizeOf = ({ text }: Version): Size | null => {
  const [, alerts, over = '0'] = stormForm.exec(text) ?? [];
  return alerts === undefined ? null : { alerts: Number(alerts), over: Number(over) };
};

export const saysOver = ({ text }: Version): boolean => text.startsWith('🟢 Resolved');

/** The incident of its button Why. */
const incidentOf = ({ keyboard }: Version): string | null => {
  const [button] = keyboard?.inline_keyboard.flat() ?? [];
  const data = button !== undefined && 'callback_data' in button ? button.callback_data : '';
  return parseButton(data)?.target.incident ?? null;
};

const isWelcome = (message: Accepted): boolean => /You are paired/.test(shown(message).text);

export const seenOn = (all: readonly Accepted[]): Seen => {
  const messages = all.filter((message) => message.replyTo === undefined && !isWelcome(message));
  const alone = new Map<string, boolean>();
  for (const message of messages) {
    const incident = incidentOf(shown(message));
    if (incident === null) continue;
    // Of two about the same only one is changed when it is over.
    alone.set(incident, saysOver(shown(message)) || alone.get(incident) === true);
  }
  const rings = all
    .filter(({ replyTo }) => replyTo !== undefined)
    .map((ring) => `${ring.replyTo?.message_id} ${shown(ring).text}`);
  return { messages, alone, rungTwice: rings.length - new Set(rings).size };
};

/** Messages that told of an end, and then of no end; and storms that became smaller. */
export const wentBack = ({ messages }: Seen): string[] =>
  messages
    .filter(({ versions }) =>
      versions.some((version, i) => {
        const before = versions[i - 1];
        if (before === undefined) return false;
        const [was, is] = [sizeOf(before), sizeOf(version)];
        if (was && is) return is.alerts < was.alerts || is.over < was.over;
        return is === null && (was !== null || (saysOver(before) && !saysOver(version)));
      }),
    )
    .map((message) => shown(message).text);
