import type { Silence } from '../silence.ts';
import type { AgentStatus } from './agent-status.ts';
import type { SourceStatus, WitnessStatus } from './evidence-status.ts';
import type { ForecastStatus } from './forecast-status.ts';
import type { HeartbeatStatus } from './heartbeat-status.ts';
import type { HostStatus } from './host-status.ts';
import type { IncidentSummary } from './incident-summary.ts';
import type { NotifierStatus } from './notifier-status.ts';
import type { LinkStatus, ServerStatusLine } from './server-status.ts';
import type { SessionStatus } from './session-status.ts';
import type { Totals } from './totals.ts';
import type { UnitLine } from './unit-line.ts';

/**
 * The one document about now: `state.json`, `holdfast status --json` and the exporter's only input.
 * Times are ms since the epoch, sizes bytes, `cpu` a fraction of one processor.
 * Fields are only ever added within one `schema`.
 */
export interface StatusDocument {
  schema: 1;
  writtenAt: number;
  bootId: string;
  seq: number;
  agent: AgentStatus;
  links: LinkStatus[];
  servers: ServerStatusLine[];
  sessions: SessionStatus[];
  incidents: IncidentSummary[];
  host: HostStatus | null;
  totals: Totals;
  /** What the notifier last said of itself, however old: see `reportedAt`; null: none has since the agent started. */
  notifier?: NotifierStatus | null;
  /** What people asked not to be told, until when. */
  silences?: Silence[];
  /** Whether who sends a signal is seen here; null: not known yet. Older documents lack it. */
  witness?: WitnessStatus | null;
  /** What is going to be used up, if it goes on so; soonest first. Older documents lack it. */
  forecasts?: ForecastStatus[];
  /** What else is asked about a death, best first; empty: not known. Older documents lack it. */
  sources?: SourceStatus[];
  /** The declared units of systemd. Older documents lack it. */
  units?: UnitLine[];
  /** Why systemd cannot be asked how they are; null: it can, or none is declared. Older documents lack it. */
  unitsUnseen?: string | null;
  /** What was heard on heartbeat.sock since the agent started. Older documents lack it. */
  heartbeats?: HeartbeatStatus;
}
