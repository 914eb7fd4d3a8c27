import { loginCommand } from '../../../agent/model/bot/needs-you.ts';
import { duration } from '../../../agent/model/duration.ts';
import type { Actor } from '../../../agent/model/events/incident.ts';
import type { NamedProcess } from '../../../agent/model/process-name.ts';
import { actorHeadline } from '../../../agent/model/text/actor-text.ts';
import { deathHeadline, nameList, namesIn } from '../../../agent/model/text/cause-text.ts';
import { type Headline, headlineText } from '../../../agent/model/text/headline.ts';
import { printable } from '../../../agent/model/text/printable.ts';
import { type Card, isOver } from '../card.ts';
import type { Alert } from '../classify/alert.ts';
import { texts } from '../texts.ts';
import { actionsOf, loginOf } from './actions-of.ts';

/** What waits to be told: a card whose `loud` is known only when it is told. */
export type StoredCard = Omit<Card, 'loud'> & { loudAt: number };

const { labels } = texts;

const headlineOf = (alert: Alert): Headline => {
  const { kind, sessions, message, finding, need = null } = alert;
  const server = printable(alert.server ?? '');
  if (kind === 'session-died') return deathHeadline({ sessions, server, verdict: finding });
  return texts.headlines[kind]({
    server: { name: server },
    subject: { name: printable(alert.subject) },
    message: message === '' ? null : { name: message },
    sessions: nameList(sessions) === '' ? null : namesIn(sessions),
    need,
  });
};

const sureText = ({ finding }: Alert): string =>
  finding ? `${finding.confidence} (${finding.cause}, scope ${finding.scope})` : '';

const overText = ({ status, resolvedAt, firingAt, kind, lapsed = false }: Alert): string =>
  isOver({ status, lapsed }) && resolvedAt !== null && kind !== 'session-died'
    ? texts.backSoon(duration(resolvedAt - firingAt))
    : '';

const doneText = (alert: Alert): string => {
  const deeds = alert.deeds.map(({ text }) => text);
  return [...deeds, overText(alert)].filter((text) => text !== '').join('; ');
};

/** Their message is in the headline already. */
const isHeadline = (kind: Alert['kind']): boolean =>
  kind === 'person-paired' || kind === 'running-out';

const toDo = (alert: Alert): string => {
  const login = loginOf(alert);
  return login ? loginCommand(login.session) : '';
};

/** In the order of what a person asks; empty ones are left out. */
const detailsOf = (alert: Alert): Card['details'] => {
  const { finding, recurrence, sessions, down, count, ageMs, message, acknowledged, kind } = alert;
  const isDeath = kind === 'session-died';
  const isExplained = isDeath || finding !== null;
  const all: [string, string][] = [
    [labels.message, isExplained || isHeadline(kind) ? '' : message],
    [labels.toDo, toDo(alert)],
    ['sessions', sessions.length > 1 ? nameList(sessions, 6) : ''],
    [labels.cause, isExplained ? printable(finding?.summary ?? texts.causeUnknownYet) : ''],
    [labels.pattern, isExplained ? printable(recurrence?.text ?? '') : ''],
    [labels.prevention, isExplained ? printable(recurrence?.prevention ?? '') : ''],
    [labels.sure, sureText(alert)],
    [labels.notSeen, printable(finding?.missing[0] ?? '')],
    [labels.lived, ageMs === null ? '' : duration(ageMs)],
    [labels.repeated, count > 1 ? texts.again(count) : ''],
    [labels.done, doneText(alert)],
    [
      labels.down,
      isDeath && down.length > 0 && down.length < sessions.length ? nameList(down, 6) : '',
    ],
    [labels.acknowledged, acknowledged?.by ?? ''],
  ];
  return all.filter(([, text]) => text !== '').map(([label, text]) => ({ label, text }));
};

const shown = (text: string | null): string | null => (text === null ? null : printable(text));

const shownProcess = <P extends NamedProcess>(named: P): P => ({
  ...named,
  comm: printable(named.comm),
  cmdline: shown(named.cmdline),
});

const shownActor = (actor: Actor): Actor => ({
  ...shownProcess(actor),
  user: shown(actor.user),
  unit: shown(actor.unit),
  session: shown(actor.session),
  ancestry: actor.ancestry.map(shownProcess),
});

/** What is told of an alert as it is now. */
export const cardOf = (alert: Alert, host: string): StoredCard => {
  const headlineParts = headlineOf(alert);
  return {
    alert: alert.alert,
    revision: alert.revision,
    kind: alert.kind,
    severity: alert.severity,
    status: alert.status,
    lapsed: alert.lapsed ?? false,
    acknowledged: alert.acknowledged,
    incident: alert.incidents.at(-1) ?? null,
    incidents: alert.incidents,
    count: alert.count,
    trace: alert.trace,
    host: printable(host),
    sessions: alert.sessions.map(printable),
    openedAt: alert.openedAt,
    updatedAt: alert.updatedAt,
    headline: headlineText(headlineParts),
    headlineParts,
    actor: alert.finding?.actor ? shownActor(alert.finding.actor) : null,
    byline: alert.finding && actorHeadline(alert.finding),
    details: detailsOf(alert),
    screen: alert.screen,
    actions: actionsOf(alert),
    login: loginOf(alert),
    loudAt: alert.loudAt,
  };
};

/** What has lapsed goes on for people as they saw it last: nothing is well because nobody speaks of it. */
export const forPeople = (card: StoredCard): StoredCard =>
  card.lapsed ? { ...card, status: 'firing', lapsed: false } : card;
