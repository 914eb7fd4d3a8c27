import type { Card } from '../../card.ts';
import { cleanLine } from '../format/clean.ts';
import { foreignNaming } from '../format/foreign.ts';
import type { Rich } from '../format/rich.ts';
import { cardTexts } from '../texts/card.ts';

/** What headlines of each kind (exporters/notifier/present/texts.ts) name beside sessions: a server, an owner, a person. */
const forms: Readonly<Record<string, RegExp>> = {
  'session-died': /^the tmux server (.+) died: /,
  'recovery-stopped': /^tmux server (.+): brought back too often/,
  'server-died': /^tmux server (.+) died and is not back$/,
  'server-hung': /^tmux server (.+) does not answer$/,
  'socket-lost': /^tmux server (.+) lost its socket/,
  'link-lost': /^sessions of (.+) are not watched: /,
  'person-paired': /^(.+) may now ask and act from the phone$/,
};

/** A storm of one alert is told as that one: its kind is not in its card. */
const formsOf = (kind: string): RegExp[] => {
  if (kind === 'storm') return Object.values(forms);
  const form = Object.hasOwn(forms, kind) ? forms[kind] : undefined;
  return form ? [form] : [];
};

const namesIn = ({ headline, kind, sessions }: Card): string[] => {
  const line = cleanLine(headline);
  return [...sessions, ...formsOf(kind).flatMap((form) => form.exec(line)?.[1] ?? [])];
};

/** What begins like one of our own states: with a sign, or the word. */
const mimics =
  /^[^\p{L}\p{N}]*(?:\p{Extended_Pictographic}|(?:critical|error|warning|notice|info|resolved|acknowledged)(?!\p{L}))/iu;

/**
 * Names stand as code, whatever they are, and what is ours is in `style`; no name at its beginning reads as one of
 * our states.
 */
export const headlineOf = (card: Card, style: 'plain' | 'bold'): Rich => {
  const spans = foreignNaming(card.headline, style, namesIn(card));
  const isMimic = spans[0] !== undefined && mimics.test(spans[0].text);
  return isMimic ? [{ text: cardTexts.named, style }, ...spans] : spans;
};
