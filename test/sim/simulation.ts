import type { Config, SessionConfig } from '../../agent/model/config/config.ts';
import { AgentModel, type Disk, tmuxDir } from './agent-model.ts';
import { LinkModel } from './link-model.ts';
import { Machine } from './machine.ts';
import { TmuxServer } from './tmux-server.ts';
import { Truth } from './truth.ts';

const session = (command: string | null, restart = true): SessionConfig => ({
  ...{ server: 'main', command, cwd: null, env: {}, restart },
});

const configWith = (sessions: Config['sessions']): Config => ({
  servers: {
    main: { kind: 'managed', tmuxConfig: null },
    mine: { kind: 'adopted', adopt: 'default' },
  },
  sessions,
  autoAdopt: false,
  log: { level: 'info', sessions: {} },
  retention: { maxAgeMs: 1e9, maxBytes: 1e9 },
  recovery: { maxRestarts: 3, windowMs: 60_000 },
  health: { intervalMs: 30_000 },
});

const bot = session('bot');

/** Two configurations: the second one declares less. */
export const configs: readonly Config[] = [
  configWith({ bot, 'shell.1:a': session(null), once: session('job', false) }),
  configWith({ bot, 'shell.1:a': session(null) }),
];

/** What happens to a notification on its way: it arrives, arrives later with the next, or is lost. */
export type Net = 'arrives' | 'late' | 'unnoticed' | 'swallowed';

/** One machine with two tmux servers, a link and an agent, and everything that can befall them. */
export class Simulation {
  readonly machine = new Machine();
  readonly truth = new Truth();
  readonly disk: Disk = { lines: [], safe: 0 };
  readonly managed: TmuxServer;
  readonly adopted: TmuxServer;
  link: LinkModel | null = null;
  agent: AgentModel;
  config = 0;
  /** Of all runs of the agent. */
  readonly wrong: string[] = [];
  either = 0;
  #lookedAt = 0;

  constructor() {
    const server = (name: string, managed: boolean, socket: string): TmuxServer =>
      new TmuxServer(this.machine, this.truth, { name, managed, socket });
    this.managed = server('main', true, `${tmuxDir}/main.sock`);
    this.adopted = server('mine', false, '/tmp/tmux-1000/default');
    this.agent = this.#newAgent();
    this.startLink();
    this.flush();
  }

  get servers(): readonly TmuxServer[] {
    return [this.managed, this.adopted];
  }

  /** Does something to the world and lets link and agent see of it what `net` lets through. */
  step(net: Net, act: () => readonly TmuxServer[]): void {
    const changed = act();
    if (this.link) {
      this.link.swallows = net === 'swallowed';
      if (net !== 'unnoticed') for (const server of changed) this.link.notice(server);
      this.link.swallows = false;
    }
    this.lookWhenDue();
    if (net !== 'late') this.flush();
  }

  startLink(): void {
    this.link = new LinkModel(this.machine, this.servers);
    this.agent.connect(this.link);
    this.link.look();
  }

  stopLink(): void {
    if (!this.link) return;
    this.machine.endProcess(this.link);
    this.link = null;
    this.agent.disconnect();
  }

  /** A crash keeps some of what was not safe on the disk; a clean stop keeps all. */
  restartAgent(keep: number | 'clean'): void {
    if (keep === 'clean') this.agent.shutDown();
    else {
      const { lines, safe } = this.disk;
      lines.length = safe + (keep % (lines.length - safe + 1));
      this.disk.safe = lines.length;
    }
    this.agent = this.#newAgent();
    if (this.link) {
      this.agent.connect(this.link);
      this.link.repeat();
    }
  }

  reboot(keep: number): void {
    for (const server of this.servers) server.die();
    this.link = null;
    this.machine.reboot();
    this.restartAgent(keep);
    this.startLink();
  }

  /** Carries messages and calls to and fro until nothing is under way. */
  flush(): void {
    for (let message = this.#next(); message; message = this.#next()) this.agent.hear(message);
    this.#collect();
  }

  lookWhenDue(): void {
    if (this.machine.elapsed - this.#lookedAt < 1000) return;
    this.#lookedAt = this.machine.elapsed;
    this.link?.look();
    this.agent.look();
  }

  /** Everything is made well, and seen: what was reported must now be the whole truth. */
  settle(): void {
    if (!this.link) this.startLink();
    for (const server of this.servers) {
      server.stopped = false;
      server.socketThere = server.instance !== null;
    }
    for (let i = 0; i < 3; i += 1) {
      this.flush();
      this.machine.advance(1000);
      this.lookWhenDue();
    }
    this.flush();
  }

  #next() {
    const { link, agent } = this;
    if (!link) return undefined;
    for (const call of agent.calls.splice(0)) link.perform(call);
    return link.outbox.shift();
  }

  #newAgent(): AgentModel {
    if (this.agent) this.#collect();
    return new AgentModel(this.machine, this.truth, this.disk, configs[this.config] ?? bad());
  }

  #collect(): void {
    this.wrong.push(...this.agent.wrong.splice(0));
    this.either += this.agent.either;
    this.agent.either = 0;
  }
}

const bad = (): never => {
  throw new Error('no such configuration');
};
