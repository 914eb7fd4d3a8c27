import type { Severity } from '../../../agent/model/severity.ts';
import { headlineText } from '../../../agent/model/text/headline.ts';
import type { Card } from '../card.ts';
import { alertKey } from './alert-key.ts';
import { cut, jsonBytes } from './cut.ts';

/** What ntfy takes as JSON (docs.ntfy.sh, publish as JSON). */
export interface NtfyMessage {
  topic: string;
  title: string;
  message: string;
  /** 1 is the least, 5 the most; 3 rings once, 2 and 1 do not. */
  priority: number;
  /** Names of emoji: they stand before the title. */
  tags: string[];
  /** ntfy 2.16 and later: takes the place of the message of the same id. Others do not know it. */
  sequence_id: string;
}

const priorities: Record<Severity, number> = {
  info: 1,
  notice: 2,
  warning: 3,
  error: 4,
  critical: 5,
};

const emoji: Record<Severity, string> = {
  info: 'information_source',
  notice: 'large_blue_circle',
  warning: 'warning',
  error: 'red_circle',
  critical: 'rotating_light',
};

/** Good news and what people need not hear do not ring louder than this. */
const resolvedPriority = 3;
const silentPriority = 2;

/** ntfy makes an attachment of a longer message (`message-size-limit`), bytes. */
const maxMessageBytes = 4096;

/** ntfy refuses a longer document, twice the limit above. Title, tags and names need room beside the message. */
const maxMessageJson = 2 * maxMessageBytes - 1536;
const maxTitleJson = 512;

const cutMark = '\n… (cut)';
const resolvedMark = 'Resolved: ';

/** Before each line of a screen, so that none of them reads as one of ours. */
const screenMark = '│ ';

/** The apps make links of addresses, and names and screens are written by whoever likes to. */
const unlinked = (text: string): string => text.replaceAll('://', ': //');

const screenLines = (text: string): string =>
  text
    .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
    .map((line) => screenMark + line)
    .join('\n');

const priorityOf = ({ severity, status, loud }: Card): number => {
  const priority = priorities[severity];
  const most = status === 'resolved' ? resolvedPriority : priority;
  return Math.min(priority, most, loud ? priority : silentPriority);
};

/** ntfy makes a header of the title and decodes it (RFC 2047): what looks encoded must not. */
const titleOf = ({ headline, status }: Card): string => {
  const whole = status === 'resolved' ? resolvedMark + headline : headline;
  const plain = unlinked(whole).replaceAll('=?', '= ?');
  return cut(plain, (text) => jsonBytes(text) <= maxTitleJson, '…');
};

const textOf = ({ details, screen, host, headline, byline }: Card): string => {
  const parts = [
    ...(byline ? [headlineText(byline)] : []),
    ...details.map(({ label, text }) => `${label}: ${text}`),
  ];
  if (screen !== null) parts.push(`${screen.session}:\n${screenLines(screen.text)}`);
  const lines = parts.length > 0 ? parts : [headline];
  return unlinked([...lines, host].join('\n'));
};

const fits = (text: string): boolean =>
  Buffer.byteLength(text) <= maxMessageBytes && jsonBytes(text) <= maxMessageJson;

export const ntfyMessage = (topic: string, card: Card): NtfyMessage => ({
  topic,
  title: titleOf(card),
  message: cut(textOf(card), fits, cutMark),
  priority: priorityOf(card),
  tags: [card.status === 'resolved' ? 'white_check_mark' : emoji[card.severity]],
  sequence_id: alertKey(card.alert),
});
