import type { Samples } from '../model/samples.ts';
import type { State } from '../model/state.ts';
import type { AgentStatus, JournalHealth, LogHealth } from '../model/status/agent-status.ts';
import { describeStatus, type Now, type UnitsNow } from '../model/status/describe.ts';
import type { SourceStatus, WitnessStatus } from '../model/status/evidence-status.ts';
import type { HeartbeatStatus } from '../model/status/heartbeat-status.ts';
import type { NotifierStatus } from '../model/status/notifier-status.ts';
import type { StatusDocument } from '../model/status/status.ts';
import { statusText } from '../model/status/status-text.ts';
import type { ServiceManager } from './service-manager.ts';
import type { StateFile } from './state-file.ts';

export interface StatusPorts {
  state(): State;
  samples: Samples;
  log(): LogHealth;
  journal(): JournalHealth;
  /** What it last said of itself. */
  notifier(): NotifierStatus | null;
  /** As it was last asked; null: not yet. */
  witness(): WitnessStatus | null;
  /** Default: none is known of. */
  sources?(): SourceStatus[];
  /** Default: nothing was heard. */
  heartbeats?(): HeartbeatStatus;
  /** Default: systemd was not asked. */
  units?(): UnitsNow;
  /** What does not change while the agent runs. */
  run: Pick<AgentStatus, 'version' | 'nodeVersion' | 'pid' | 'startedAt' | 'embedded'>;
  use(): Pick<AgentStatus, 'rssBytes' | 'anonBytes' | 'cpuSeconds'>;
  bootId: string;
  redactions(): number;
  now(): number;
}

/** The heartbeat: the file is never older than so many turns. */
const turnsPerHeartbeat = 5;

/** Makes the document about now, and writes it for exporters and for systemd. */
export const createStatusWriter = (
  ports: StatusPorts,
  file: StateFile,
  manager: ServiceManager,
) => {
  let isStale = true;
  let turns = 0;

  const now = (): Now => {
    const log = ports.log();
    const state = ports.state();
    const text = statusText(state, log);
    const agent = {
      ...ports.run,
      ...ports.use(),
      text,
      config: state.config,
      refused: state.refused ?? null,
      log,
      journal: ports.journal(),
    };
    const notifier = ports.notifier();
    return {
      at: ports.now(),
      bootId: ports.bootId,
      redactions: ports.redactions(),
      agent,
      notifier,
      witness: ports.witness(),
      sources: ports.sources?.() ?? [],
      heartbeats: ports.heartbeats?.() ?? { beats: 0, refused: {} },
      ...(ports.units && { units: ports.units() }),
    };
  };
  const document = (): StatusDocument => describeStatus(ports.state(), ports.samples, now());

  const write = (): void => {
    isStale = false;
    turns = 0;
    const written = document();
    file.write(written);
    manager.status(written.agent.text);
  };

  return {
    document,
    write,
    changed(): void {
      isStale = true;
    },
    /** Called once a second: writes what changed, or that nothing did. */
    turn(): void {
      turns += 1;
      if (isStale || turns >= turnsPerHeartbeat) write();
    },
  };
};
