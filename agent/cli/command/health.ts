import { Failure } from '../../model/failure.ts';
import type { SessionStatus } from '../../model/status.ts';
import type { Context } from '../command.ts';
import { currentStatus } from '../frame/current-status.ts';
import { printJson } from '../frame/print-json.ts';
import { healthPage } from '../view/health-page.ts';

const isNamed = ({ session, server }: SessionStatus, name: string): boolean =>
  session === name || `${server}:${session}` === name;

/** What needs a person comes first. */
const urgency = ['failed', 'waiting', 'degraded', 'starting', 'healthy'] as const;

const byUrgency = (a: SessionStatus, b: SessionStatus): number =>
  urgency.indexOf(a.health?.status ?? 'healthy') - urgency.indexOf(b.health?.status ?? 'healthy');

/** @throws Failure `unknown-session` */
const wanted = (sessions: readonly SessionStatus[], name: string | null): SessionStatus[] => {
  const found = sessions.filter((session) => name === null || isNamed(session, name));
  if (name !== null && found.length === 0) {
    throw new Failure('unknown-session', `there is no session "${name}"`);
  }
  return found.filter(({ health }) => health).sort(byUrgency);
};

const nothing = (name: string | null): string =>
  name === null
    ? 'no session has health checks: docs/guides/health-monitoring.md'
    : 'it has no health checks, or is not up: docs/guides/health-monitoring.md';

/** @throws Failure `unknown-session` */
export const health = async (context: Context, name: string | null): Promise<number> => {
  const { document, source, exit } = await currentStatus(context);
  const sessions = wanted(document.sessions, name);
  const { stdout } = context;
  if (context.json) {
    const { writtenAt } = document;
    const lines = sessions.map(({ session, server, life, health }) => ({
      ...{ session, server, life },
      ...health,
    }));
    printJson(stdout, { source, writtenAt, sessions: lines });
    return exit;
  }
  if (sessions.length === 0) stdout.line(nothing(name));
  for (const [i, session] of sessions.entries()) {
    if (i > 0) stdout.line('');
    for (const line of healthPage(session, context.now(), stdout)) stdout.line(line);
  }
  return exit;
};
