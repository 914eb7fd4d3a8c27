import { duration } from '../../../../agent/model/duration.ts';
import type { SessionStatus } from '../../../../agent/model/status/session-status.ts';
import type { StatusDocument } from '../../../../agent/model/status/status.ts';
import type { UnitLine } from '../../../../agent/model/status/unit-line.ts';
import type { BotContext } from '../bot/context.ts';
import { nameOf } from '../bot/names.ts';
import type { Talk } from '../bot/talk.ts';
import { code, italic, lines, type Rich } from '../format/rich.ts';
import { sessionTexts } from '../texts/sessions.ts';
import { unitLine } from './unit-lines.ts';

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

/** What state of a session that of a unit is as urgent as. */
const alike: Readonly<Record<UnitLine['status'], SessionStatus['status']>> = {
  ...{ failed: 'dead', missing: 'dead', restarting: 'waiting', unknown: 'waiting' },
  ...{ stopped: 'stopped', up: 'up' },
};

/** All sessions and declared units, a line each. */
export const sessions = async (context: BotContext, talk: Talk): Promise<void> => {
  const status = await context.agent.call('status', {});
  const now = context.now();
  const all = [
    ...status.sessions.map((one) => ({ as: one.status, text: line(status, one, now) })),
    ...(status.units ?? []).map((one) => ({ as: alike[one.status], text: unitLine(one, now) })),
  ].toSorted((a, b) => order.indexOf(a.as) - order.indexOf(b.as));
  if (all.length === 0) return talk.say(sessionTexts.none);
  const left = all.length - mostShown;
  await talk.say(
    lines(
      ...all.slice(0, mostShown).map(({ text }) => text),
      left > 0 ? italic(sessionTexts.more(left)) : null,
    ),
  );
};
