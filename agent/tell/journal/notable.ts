import type { Event, EventOf, EventType } from '../../model/event.ts';
import type { KindName } from './kinds.ts';

/** The kinds one event type may be; none: it is not for the journal. A type that is missing does not compile. */
export const notable = {
  'agent.started': ['agent.started', 'agent.unclean'],
  'agent.stopping': ['agent.stopping'],
  'config.applied': ['config.applied'],
  'config.rejected': ['config.rejected'],
  'link.connected': ['link.connected'],
  'link.lost': ['link.lost'],
  'server.found': ['server.found'],
  'server.died': ['server.died'],
  'server.socket_lost': ['server.socket_lost'],
  'server.socket_restored': ['server.socket_restored'],
  'server.hung': ['server.hung'],
  'server.resumed': ['server.resumed'],
  // `config.applied` says how many are declared.
  'session.declared': [],
  'session.undeclared': [],
  // `supervision.started` says it, also of those that were there before.
  'session.created': [],
  'supervision.started': ['supervision.started'],
  'session.renamed': [],
  'session.panes_changed': [],
  'session.ended': ['session.ended'],
  'session.died': ['session.died'],
  'supervision.ended': [],
  'health.changed': ['health.worse', 'health.better'],
  'incident.opened': ['incident.opened'],
  'incident.grew': ['incident.grew'],
  'verdict.reached': ['verdict.reached'],
  // The others are followed by their action, or by a wait that ends by itself.
  'decision.made': ['recovery.suspended', 'recovery.resumed', 'recovery.left', 'recovery.closed'],
  'intent.declared': [],
  'intent.expired': [],
  'action.requested': [],
  'action.done': ['action.done'],
  'action.failed': ['action.failed'],
  'action.lost': ['action.lost'],
  'alert.sent': ['alert.sent'],
  'alert.failed': ['alert.failed'],
  'alert.acknowledged': ['alert.acknowledged'],
  'alert.silenced': ['alert.silenced'],
  'alert.unsilenced': ['alert.unsilenced'],
  'forecast.warned': ['forecast.warned'],
  'forecast.cleared': ['forecast.cleared'],
  'remote.paired': ['remote.paired'],
  'remote.unpaired': ['remote.unpaired'],
  'remote.refused': ['remote.refused'],
  'bot.connection_changed': ['bot.needs-login', 'bot.logged-out'],
  'bot.session_changed': [],
  'bot.error': [],
  'bot.lost': ['bot.lost'],
  // Its outcome says it.
  'refresh.started': [],
  'refresh.done': ['refresh.done'],
  'refresh.failed': ['refresh.failed'],
  'refresh.held': ['refresh.gave-up', 'refresh.needs-person'],
  'refresh.released': [],
  'unit.declared': [],
  'unit.undeclared': [],
  'unit.up': ['unit.up'],
  'unit.ended': ['unit.died', 'unit.ended'],
  // The journal has them.
  'unit.output': [],
  'unit.failed': ['unit.failed'],
  'unit.down': [],
  'log.quarantined': ['log.quarantined'],
  'log.degraded': ['log.degraded'],
  'log.recovered': ['log.recovered'],
  // For one subscriber alone.
  'events.gap': [],
} as const satisfies Readonly<Record<EventType, readonly KindName[]>>;

const startKind = ({ data }: EventOf<'agent.started'>): KindName =>
  data.previous !== null && !data.previous.clean ? 'agent.unclean' : 'agent.started';

const decisionKinds: Readonly<Record<string, KindName>> = {
  suspend: 'recovery.suspended',
  resume: 'recovery.resumed',
  leave: 'recovery.left',
  stop: 'recovery.left',
  close: 'recovery.closed',
};

const decisionKind = ({ data: { decision } }: EventOf<'decision.made'>): KindName | null =>
  Object.hasOwn(decisionKinds, decision) ? (decisionKinds[decision] ?? null) : null;

/** The other states are for the log: a bot may change them every minute. */
const botKind = ({ data }: EventOf<'bot.connection_changed'>): KindName | null => {
  if (data.to === 'needs-login') return 'bot.needs-login';
  return data.to === 'logged-out' ? 'bot.logged-out' : null;
};

/** A start is no news. */
const healthKind = ({ data }: EventOf<'health.changed'>): KindName | null => {
  const { from, to } = data;
  if (to === 'failed' || to === 'degraded' || to === 'waiting') return 'health.worse';
  return to === 'healthy' && from !== null && from !== 'starting' ? 'health.better' : null;
};

/** What kind of entry an event becomes; null: none. A type of a newer release is none. */
export const kindOf = (event: Event): KindName | null => {
  if (event.type === 'agent.started') return startKind(event);
  if (event.type === 'decision.made') return decisionKind(event);
  if (event.type === 'bot.connection_changed') return botKind(event);
  if (event.type === 'health.changed') return healthKind(event);
  if (event.type === 'refresh.held') return `refresh.${event.data.reason}`;
  if (event.type === 'unit.ended') return event.data.how === 'died' ? 'unit.died' : 'unit.ended';
  if (event.type === 'verdict.reached' && event.data.confirms) return null;
  const [only] = Object.hasOwn(notable, event.type) ? notable[event.type] : [];
  return only ?? null;
};
