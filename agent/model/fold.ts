import type { Event } from './event.ts';
import { actionHandlers } from './reduce/action.ts';
import { agentHandlers } from './reduce/agent.ts';
import { alertHandlers } from './reduce/alert.ts';
import { botHandlers } from './reduce/bot.ts';
import { forecastHandlers } from './reduce/forecast.ts';
import { type Handler, increment, type Rejection } from './reduce/handler.ts';
import { healthHandlers } from './reduce/health.ts';
import { incidentHandlers } from './reduce/incident.ts';
import { linkHandlers } from './reduce/link.ts';
import { logHandlers } from './reduce/log.ts';
import { refreshHandlers } from './reduce/refresh.ts';
import { serverHandlers } from './reduce/server.ts';
import { sessionHandlers } from './reduce/session.ts';
import { unitHandlers } from './reduce/unit.ts';
import type { State } from './state.ts';

const handlers = {
  ...agentHandlers,
  ...linkHandlers,
  ...serverHandlers,
  ...sessionHandlers,
  ...healthHandlers,
  ...incidentHandlers,
  ...actionHandlers,
  ...alertHandlers,
  ...forecastHandlers,
  ...botHandlers,
  ...refreshHandlers,
  ...unitHandlers,
  ...logHandlers,
};

/** Copies the records a handler may replace entries in; the entries themselves are shared. */
const draftOf = (state: State): State => ({
  ...state,
  links: { ...state.links },
  servers: { ...state.servers },
  declared: { ...state.declared },
  lives: { ...state.lives },
  intents: { ...state.intents },
  actions: { ...state.actions },
  ends: { ...state.ends },
  attempts: { ...state.attempts },
  suspended: { ...state.suspended },
  recoveries: { ...state.recoveries },
  incidents: { ...state.incidents },
  silences: { ...state.silences },
  forecasts: { ...state.forecasts },
  bots: { ...state.bots },
  refreshes: { ...state.refreshes },
  health: { ...state.health },
  units: { ...state.units },
  counts: {
    ...state.counts,
    ended: { ...state.counts.ended },
    diedByCause: { ...state.counts.diedByCause },
    verdicts: { ...state.counts.verdicts },
    serversDied: { ...state.counts.serversDied },
    unitsDiedByCause: { ...state.counts.unitsDiedByCause },
    unitEnds: { ...state.counts.unitEnds },
    restarts: { ...state.counts.restarts },
    decisions: { ...state.counts.decisions },
    actions: { ...state.counts.actions },
    rejected: { ...state.counts.rejected },
  },
});

const apply = (draft: State, event: Event): Rejection | undefined => {
  if (event.seq <= draft.seq) return 'out-of-order';
  draft.seq = event.seq;
  draft.at = event.at;
  draft.counts.events += 1;
  // A newer release may have written types this one does not know: they count, and change nothing.
  if (!Object.hasOwn(handlers, event.type)) return 'unknown-type';
  return (handlers[event.type] as Handler<Event['type']>)(draft, event);
};

/**
 * The reducer: folds events into a new state; the one given is not changed. One copy per call, however
 * many events, so that replaying a million of them costs one copy.
 * @param onRejected told of each impossible event; it is counted in `counts.rejected` in any case.
 */
export const fold = (
  state: State,
  events: Iterable<Event>,
  onRejected?: (reason: Rejection, event: Event) => void,
): State => {
  const draft = draftOf(state);
  for (const event of events) {
    const reason = apply(draft, event);
    if (reason === undefined) continue;
    increment(draft.counts.rejected, reason);
    onRejected?.(reason, event);
  }
  return draft;
};
