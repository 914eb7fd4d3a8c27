import type { Instance } from '../../agent/model/events/server.ts';

/** So few that they are soon used again. */
const firstPid = 100;
const lastPid = 400;

/** A processor boots in this many clock ticks: a pid and its start time can come again after a reboot. */
const ticksAtBoot = 1000;

/** Processes, clocks and boots of one machine. Nothing here is random. */
export class Machine {
  bootId = 'boot0001-0000';
  /** The wall clock, ms since the epoch. It jumps. */
  now = Date.UTC(2026, 0, 1);
  /** Time that only passes, ms. */
  elapsed = 0;
  #ticks = ticksAtBoot;
  #boots = 1;
  #nextPid = firstPid;
  readonly #running = new Map<number, number>();

  advance(ms: number): void {
    this.now += ms;
    this.elapsed += ms;
    this.#ticks += Math.ceil(ms / 10);
  }

  jump(ms: number): void {
    this.now = Math.max(0, this.now + ms);
  }

  /** Gives it the pid `again`, where that is free: later, as one that was free for a while. */
  startProcess(again?: number): Instance {
    if (again !== undefined && !this.#running.has(again)) {
      this.#ticks += 1;
      this.#running.set(again, this.#ticks);
      return { pid: again, startTime: this.#ticks };
    }
    do {
      this.#nextPid = this.#nextPid === lastPid ? firstPid : this.#nextPid + 1;
    } while (this.#running.has(this.#nextPid));
    this.#running.set(this.#nextPid, this.#ticks);
    return { pid: this.#nextPid, startTime: this.#ticks };
  }

  endProcess({ pid }: { pid: number }): void {
    this.#running.delete(pid);
  }

  isAlive({ pid, startTime }: Instance): boolean {
    return this.#running.get(pid) === startTime;
  }

  reboot(): void {
    this.#boots += 1;
    this.bootId = `boot${String(this.#boots).padStart(4, '0')}-0000`;
    this.#ticks = ticksAtBoot;
    this.#nextPid = firstPid;
    this.#running.clear();
  }
}
