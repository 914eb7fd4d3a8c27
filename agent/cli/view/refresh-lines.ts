import { duration } from '../../model/duration.ts';
import type { RefreshHold } from '../../model/events/refresh.ts';
import type { RefreshOutcome, RefreshWait } from '../../model/refresh.ts';
import type { Lasted, RefreshLine } from '../../model/status/refresh-line.ts';
import type { SessionStatus } from '../../model/status/session-status.ts';
import { plural } from '../../model/text/plural.ts';
import { printable } from '../../model/text/printable.ts';
import { ago, whenOf } from './time.ts';

/** Why a login that is due is not renewed yet. */
export const waitTexts: Readonly<Record<RefreshWait, string>> = {
  young: 'it has just started',
  busy: 'something else is being done about it',
  quiet: 'it waits for a quiet moment',
  'back-off': 'it waits after a failure',
  'too-many': 'it was renewed often enough for now',
  'gave-up': 'it failed too often',
  'needs-person': 'it needs you',
  'restarts-used-up': 'it was started too often',
  'one-at-a-time': 'another one is being refreshed',
};

const outcomeTexts: Readonly<Record<RefreshOutcome, string>> = {
  done: 'worked',
  failed: 'failed',
  'needs-person': 'needed a person',
};

/** What becomes of a login that is held. */
export const heldTexts: Readonly<Record<RefreshHold, string>> = {
  'gave-up': 'is not renewed any more: it failed too often',
  'needs-person': 'cannot be renewed: it needs you',
};

type Of = 'session' | 'unit';

const dueText = ({ dueAt, endsAt, waits }: RefreshLine, now: number): string => {
  if (dueAt === null) return 'nobody knows when it runs out';
  const ends = endsAt === null ? '' : `, runs out ${whenOf(endsAt, now)}`;
  if (dueAt > now) {
    return `to be renewed in ${duration(dueAt - now)}, ${whenOf(dueAt, now)}${ends}`;
  }
  return `due since ${whenOf(dueAt, now)}${waits === null ? '' : `: ${waitTexts[waits]}`}${ends}`;
};

const loginLines = (line: RefreshLine, now: number, of: Of): string[] => {
  const { login } = line;
  if (!login) return [];
  const by = login.by === 'bot' ? 'by its bot' : `as its ${of}`;
  const age = duration(Math.max(0, now - login.since));
  return [`login: ${age} old ${by}, ${dueText(line, now)}`];
};

const lastedText = (what: string, lasted: Lasted | null): string[] =>
  lasted
    ? [
        `${lasted.count} ${what}: shortest ${duration(lasted.minMs)}, median ${duration(lasted.medianMs)}`,
      ]
    : [];

const totalOf = ({ counts }: RefreshLine): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** What is known of the login of a session or unit, a line for each matter; not cut to a width. */
export const refreshLines = (line: RefreshLine, now: number, of: Of = 'session'): string[] => {
  const { underWay, held, last, lasted, counts } = line;
  const seen = [
    ...lastedText('ran out', lasted.expired),
    ...lastedText('renewed before', lasted.renewed),
  ];
  const total = totalOf(line);
  return [
    ...(underWay
      ? [`refresh by ${underWay.way} under way since ${ago(underWay.startedAt, now)}`]
      : []),
    ...loginLines(line, now, of),
    ...(held
      ? [
          `held ${ago(held.since, now)}: its login ${heldTexts[held.reason]}${held.reason === 'gave-up' ? '; holdfast refresh' : ''}`,
        ]
      : []),
    ...(last
      ? [
          `last refresh by ${last.way} ${outcomeTexts[last.outcome]} ${ago(last.endedAt, now)}${last.why === '' ? '' : `: ${printable(last.why)}`}`,
        ]
      : []),
    ...(total > 0
      ? [`${plural(total, 'refresh', 'refreshes')}: ${counts.done} worked, ${counts.failed} failed`]
      : []),
    ...(seen.length > 0 ? [`logins lasted: ${seen.join('; ')}`] : []),
  ];
};

/** Logins that are left alone because that failed too often; what needs a person is told by its bot. */
export const refreshTroubles = (
  homes: readonly Pick<SessionStatus, 'session' | 'refresh'>[],
): string[] =>
  homes
    .filter(({ refresh }) => refresh?.held?.reason === 'gave-up')
    .map(
      ({ session }) =>
        `the login of ${session} ${heldTexts['gave-up']}; holdfast refresh ${session}`,
    );
