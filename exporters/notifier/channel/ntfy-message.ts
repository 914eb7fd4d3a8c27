import type { Severity } from '../../../agent/model/severity.ts';
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

const priorityOf = ({ severity, status, loud }: Card): number => {
  const priority = priorities[severity];
  const most = status === 'resolved' ? resolvedPriority : priority;
  return Math.min(priority, most, loud ? priority : silentPriority);
};

/** ntfy makes a header of the title and decodes it (RFC 2047): what looks encoded must not. */
const titleOf = ({ headline, status }: Card): string => {
  const plain = (status === 'resolved' ? resolvedMark + headline : headline).replaceAll(
    '=?',
    '= ?',
  );
  return cut(plain, (text) => jsonBytes(text) <= maxTitleJson, '…');
};

const textOf = ({ details, screen, host, headline }: Card): string => {
  const parts = details.map(({ label, text }) => `${label}: ${text}`);
  if (screen !== null) parts.push(`${screen.session}:\n${screen.text}`);
  const lines = parts.length > 0 ? parts : [headline];
  return [...lines, host].join('\n');
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
