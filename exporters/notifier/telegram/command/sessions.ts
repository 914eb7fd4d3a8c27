import { duration } from '../../../../agent/model/duration.ts';
import type { SessionStatus, StatusDocument } from '../../../../agent/model/status.ts';
import type { BotContext } from '../bot/context.ts';
import { nameOf } from '../bot/lookup.ts';
import type { Talk } from '../bot/talk.ts';
import { code, italic, lines, type Rich } from '../format/rich.ts';
import { sessionTexts } from '../texts/sessions.ts';

/** More fill several messages. */
const mostShown = 60;

/** What needs a look comes first. */
const order: readonly SessionStatus['status'][] = ['dead', 'waiting', 'stopped', 'up'];

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;

const line = (status: StatusDocument, session: SessionStatus, now: number): Rich => {
  const { deaths, supervisedSince, endedAt, rssBytes } = session;
  const since = session.status === 'up' ? (session.createdAt ?? supervisedSince) : endedAt;
  const about = [
    ...(since === null ? [] : [duration(now - since).split(' ')[0] ?? '']),
    ...(session.status === 'up' ? [mebibytes(rssBytes)] : []),
    ...(deaths > 0 ? [sessionTexts.deaths(deaths)] : []),
  ];
  const head = [`${sessionTexts.signs[session.status]} `, code(nameOf(status, session), 80)];
  return about.length > 0 ? [head, ` ${about.join(', ')}`] : head;
};

/** All sessions, a line each. */
export const sessions = async (context: BotContext, talk: Talk): Promise<void> => {
  const status = await context.agent.call('status', {});
  if (status.sessions.length === 0) return talk.say(sessionTexts.none);
  const sorted = [...status.sessions].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status),
  );
  const left = sorted.length - mostShown;
  await talk.say(
    lines(
      ...sorted.slice(0, mostShown).map((session) => line(status, session, context.now())),
      left > 0 ? italic(sessionTexts.more(left)) : null,
    ),
  );
};
