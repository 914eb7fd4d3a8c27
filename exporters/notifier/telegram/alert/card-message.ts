import type { Card, CardAction } from '../../card.ts';
import { buttonData, type Target } from '../format/button-data.ts';
import { foreign } from '../format/foreign.ts';
import type { Button } from '../format/keyboard.ts';
import { code, italic, lines, pre, type Rich } from '../format/rich.ts';
import { cardTexts } from '../texts/card.ts';
import { cardByline, cardHeadline } from './headline.ts';

const mostDetail = 600;

const state = ({ status, acknowledged, severity }: Card): string => {
  if (status === 'resolved') return cardTexts.resolved;
  const seriousness = cardTexts.severity(severity);
  return acknowledged ? `${seriousness} · ${cardTexts.acknowledged}` : seriousness;
};

const titleOf = (card: Card): Rich => [`${state(card)} · `, code(card.host, 80)];

const screenOf = ({ screen }: Card): Rich[] => {
  if (screen === null) return [];
  const text = pre(screen.text);
  return text.text.trim() === '' ? [] : ['', cardTexts.screen(screen.session), text];
};

/** The whole message of an alert. */
export const cardMessage = (card: Card, withScreen: boolean): Rich =>
  lines(
    titleOf(card),
    cardHeadline(card, 'bold'),
    cardByline(card),
    ...card.details.map(({ label, text }) => [
      italic(`${label}: `),
      foreign(text, 'plain', mostDetail),
    ]),
    ...(withScreen ? screenOf(card) : []),
  );

/** The line that makes the phone ring when a message changed that was sent before. */
export const cardRing = (card: Card): Rich => [`${state(card)}: `, cardHeadline(card, 'plain')];

const verbs: Readonly<Record<Exclude<CardAction, 'login'>, string>> = {
  why: 'why',
  screen: 'screen',
  restart: 'restart',
  acknowledge: 'ack',
  silence: 'silence',
};

/** By the whole name of its session: what has no incident may share its name with another. */
const loginButton = ({ server, session, need }: NonNullable<Card['login']>): Button => ({
  text: cardTexts.login(need),
  data: buttonData('login', { session: `${server}:${session}` }),
});

/** Of an alert without an incident the unit, by its name. */
const targetOf = ({ incident, sessions }: Card): Partial<Target> =>
  incident === null ? { session: sessions[0] ?? null } : { incident };

export const cardButtons = (card: Card, withScreen: boolean): Button[] =>
  card.actions
    .filter((action) => withScreen || action !== 'screen')
    .flatMap((action) => {
      if (action === 'login') return card.login ? [loginButton(card.login)] : [];
      return [{ text: cardTexts.buttons[action], data: buttonData(verbs[action], targetOf(card)) }];
    });
