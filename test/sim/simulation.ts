import type { Config } from '../../agent/model/config/config.ts';
import { AgentModel, managedSocket } from './agent-model.ts';
import { configs } from './configs.ts';
import { Disk } from './disk.ts';
import { Judge } from './judge.ts';
import { LinkModel } from './link-model.ts';
import { Machine } from './machine.ts';
import { TmuxServer } from './tmux-server.ts';
import { Truth } from './truth.ts';

/** What happens to a notification on its way: it arrives, arrives later with the next, or is lost. */
export type Net = 'arrives' | 'late' | 'unnoticed' | 'swallowed';

/** One machine with two tmux servers, a link and an agent, and everything that can befall them. */
export class Simulation {
  readonly machine = new Machine();
  readonly truth = new Truth();
  readonly disk = new Disk();
  readonly judge = new Judge(this.truth);
  readonly managed: TmuxServer;
  readonly adopted: TmuxServer;
  link: LinkModel | null = null;
  agent: AgentModel;
  config = 0;
  #lookedAt = 0;

  constructor() {
    const server = (name: string, managed: boolean, socket: string): TmuxServer =>
      new TmuxServer(this.machine, this.truth, { name, managed, socket });
    this.managed = server('main', true, managedSocket('main'));
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

  configure(which: number): void {
    this.config = which;
    this.agent.reload(this.#currentConfig());
  }

  /** A crash keeps some of what was not safe on the disk; a clean stop keeps all. */
  restartAgent(keep: number | 'clean'): void {
    if (keep === 'clean') this.agent.shutDown();
    else this.disk.crash(keep);
    this.agent = this.#newAgent();
    if (this.link) {
      this.agent.connect(this.link);
      this.link.repeat();
    }
  }

  /** `autostart`: servers run again before anybody looks, with the pids, start times and ids they had. */
  reboot(keep: number, autostart: boolean): void {
    for (const server of this.servers) server.reboot();
    this.link = null;
    this.machine.reboot();
    if (autostart) {
      this.machine.startProcess();
      for (const server of this.servers) {
        server.start();
        server.newSession('bot', false);
      }
    }
    this.restartAgent(keep);
    this.startLink();
  }

  /** Carries messages and calls to and fro until nothing is under way. */
  flush(): void {
    for (let message = this.#next(); message; message = this.#next()) this.agent.hear(message);
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
    return new AgentModel(this.machine, this.disk, this.judge, this.#currentConfig());
  }

  #currentConfig(): Config {
    const config = configs[this.config];
    if (!config) throw new Error('no such configuration');
    return config;
  }
}
