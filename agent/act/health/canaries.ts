import { arrived, type Bots } from '../../decide/health/canary-progress.ts';
import type { CanaryCheck } from '../../model/config/health.ts';
import type { Finding } from '../../model/health.ts';
import { isWithin } from '../../model/hours.ts';
import type { LifeSample, Samples } from '../../model/samples.ts';
import type { Life, State } from '../../model/state.ts';
import { formatSpan } from '../../model/text/span-text.ts';
import type { Probe } from '../../protocol/link.ts';
import { countingBots } from './counting-bots.ts';
import type { Lanes } from './lanes.ts';

export interface CanariesPorts {
  state(): State;
  samples: Samples;
  /** ms since the epoch. */
  now(): number;
  /** ms, of a clock that never jumps. */
  tick(): number;
  lanes: Lanes;
  /** As that of `ProbingPorts`. */
  ask(server: string, probe: Probe): Promise<Finding>;
}

/** One that was sent, or is to be. Times are of the clock that never jumps, but for `sentAt` and `clockSetAt`. */
type Canary =
  | { readonly phase: 'idle'; readonly dueAt: number }
  /** It waits for its turn, or is being sent. */
  | { readonly phase: 'sending' }
  | Awaiting;

interface Sent {
  readonly sentAt: number;
  readonly begun: number;
  readonly before: Bots;
}

interface Awaiting extends Sent {
  readonly phase: 'awaiting';
  readonly clockSetAt: number;
  readonly until: number;
}

/** A command that sends has as long as any check, ms. */
const longestSend = 30_000;
/** A command that a link or an agent of before may have left is ended by timeout(1) a second after its limit, ms. */
const ended = 2000;
/** What is found is looked at again after so long, ms. */
const soonMs = 60_000;

const sendMs = ({ timeoutMs }: CanaryCheck): number => Math.min(longestSend, timeoutMs);

/** After that nothing that was begun before goes on. */
const restMs = (check: CanaryCheck): number => sendMs(check) + ended;

const soonOf = ({ everyMs }: CanaryCheck): number => Math.min(everyMs, soonMs);

/** Whether it is other than what is known; that all is well is believed at once. */
const isNews = ({ health }: LifeSample, { status }: Finding): boolean =>
  status !== (health?.checks.find(({ check }) => check === 'canary')?.level ?? 'ok');

const idle = (dueAt: number): Canary => ({ phase: 'idle', dueAt });

const isHour = ({ hours }: CanaryCheck, at: number): boolean => !hours || isWithin(hours, at);

/** Sends real messages to bots, and waits for them to arrive. To each bot one at a time. */
export const createCanaries = ({ state, samples, now, tick, lanes, ask }: CanariesPorts) => {
  const known = new Map<string, Canary>();

  const botsNow = (life: string, wanted: string | null): Bots =>
    countingBots(state(), samples, life, wanted);

  /** Puts down what was found. @returns until the next is due */
  const settle = (life: string, check: CanaryCheck, begun: number, finding: Finding): Canary => {
    const sample = samples.lives.get(life);
    if (!sample) return idle(begun + check.everyMs);
    const dueAt = begun + (isNews(sample, finding) ? soonOf(check) : check.everyMs);
    sample.probes = { ...sample.probes, canary: { ...finding, at: now() } };
    return idle(dueAt);
  };

  const send = async (
    { life, server }: Life,
    check: CanaryCheck,
    clockSetAt: number,
  ): Promise<Canary> => {
    const { run, cwd } = check;
    const sent: Sent = { sentAt: now(), begun: tick(), before: botsNow(life, check.bot) };
    const probe = { kind: 'command' as const, run, cwd, timeoutMs: sendMs(check) };
    const answer = await ask(server, probe).catch(() => null);
    // Nobody knows what became of it: the link is away.
    if (!answer) return idle(tick() + restMs(check));
    if (answer.status !== 'ok') {
      const reason = `the message could not be sent: ${answer.reason}`;
      return settle(life, check, sent.begun, { status: 'failed', reason });
    }
    return { phase: 'awaiting', ...sent, clockSetAt, until: tick() + check.timeoutMs };
  };

  const begin = (life: Life, check: CanaryCheck, clockSetAt: number): Canary => {
    if (botsNow(life.life, check.bot).size === 0) {
      const reason = 'no bot of it counts messages, so none was sent';
      return settle(life.life, check, tick(), { status: 'failed', reason });
    }
    const sending: Canary = { phase: 'sending' };
    // It may have to wait for its turn, and be forgotten meanwhile.
    const isCurrent = (): boolean => known.get(life.life) === sending;
    const run = async (): Promise<void> => {
      if (!state().lives[life.life] || !isCurrent()) return;
      const next = await send(life, check, clockSetAt);
      if (isCurrent()) known.set(life.life, next);
    };
    // Its turn may come at once.
    known.set(life.life, sending);
    lanes({ server: life.server, life: life.life, run });
    return sending;
  };

  const follow = (one: Awaiting, life: string, check: CanaryCheck): Canary => {
    const { expect, timeoutMs } = check;
    const way = arrived(one.before, botsNow(life, check.bot), one.sentAt, expect);
    if (way === expect) {
      const reason = `a message was ${way} after ${formatSpan(tick() - one.begun)}`;
      return settle(life, check, one.begun, { status: 'ok', reason });
    }
    if (tick() < one.until) return one;
    const got = way === 'nowhere' ? 'sent, and not received' : 'received, and not answered';
    const reason = `a message was ${got} within ${formatSpan(timeoutMs)}`;
    return settle(life, check, one.begun, { status: 'failed', reason });
  };

  const next = (one: Canary, life: Life, check: CanaryCheck, clockSetAt: number): Canary => {
    // Nothing is sent twice at once.
    if (one.phase === 'sending') return one;
    if (one.phase === 'idle') {
      const isDue = tick() >= one.dueAt && isHour(check, now());
      return isDue ? begin(life, check, clockSetAt) : one;
    }
    // Neither the time it took nor that of a message says anything then.
    if (one.clockSetAt === clockSetAt) return follow(one, life.life, check);
    return idle(tick() + soonOf(check));
  };

  return {
    /** To be called every second, of each life whose health is looked at. @param clockSetAt as in `Seen` */
    look(life: Life, check: CanaryCheck | undefined, clockSetAt: number): void {
      const one = known.get(life.life);
      if (check) {
        const from = one ?? idle(tick() + restMs(check));
        known.set(life.life, next(from, life, check, clockSetAt));
      } else if (one?.phase !== 'sending') {
        // What is being sent goes on.
        known.delete(life.life);
      }
    },
    /** Forgets those that are gone. */
    keep(lives: Readonly<Record<string, unknown>>): void {
      for (const life of known.keys()) if (!(life in lives)) known.delete(life);
    },
  };
};
