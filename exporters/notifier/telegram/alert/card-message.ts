import type { Card, CardAction } from '../../card.ts';
import { buttonData } from '../format/button-data.ts';
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

const verbs: Readonly<Record<CardAction, string>> = {
  why: 'why',
  screen: 'screen',
  restart: 'restart',
  acknowledge: 'ack',
  silence: 'silence',
};

export const cardButtons = ({ actions, incident }: Card, withScreen: boolean): Button[] =>
  actions
    .filter((action) => withScreen || action !== 'screen')
    .map((action) => ({
      text: cardTexts.buttons[action],
      data: buttonData(verbs[action], { incident }),
    }));
