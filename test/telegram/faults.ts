import { generator } from '../e2e/random.ts';

/** When a fault shows. `before`: nothing was accepted. `after`: it was, a message is delivered, and the client does not know. */
export type Moment = 'before' | 'after';

export interface ErrorFault {
  kind: 'error';
  code: number;
  description?: string;
  /** Seconds. */
  retryAfter?: number;
  migrateTo?: number;
  /** `before` without it. */
  moment?: Moment;
}

/** The call, or its answer, is on its way for as long as a test likes. One held before, whose client goes, is not carried out. */
export interface HeldFault {
  kind: 'held';
  moment: Moment;
  until: Promise<unknown>;
}

export type Fault =
  /** An answer as the Bot API gives it. 429 and migrations have parameters. */
  | ErrorFault
  /** The page of a proxy in front of the Bot API. */
  | { kind: 'page'; code: number; moment: Moment }
  /** The connection stays open, and nothing comes. */
  | { kind: 'silence'; moment: Moment }
  /** The connection is reset; at `middle` in the middle of the answer. */
  | { kind: 'torn'; moment: Moment | 'middle' }
  /** 200 with a body that is no JSON. */
  | { kind: 'garbage'; moment: Moment }
  | HeldFault
  /** The true answer, byte by byte. */
  | { kind: 'slow'; everyMs: number };

export const retryAfter = (seconds: number): Fault => ({
  ...{ kind: 'error', code: 429, retryAfter: seconds },
});

export interface RandomFaults {
  seed: number;
  /** From 0, never, to 1, each time. */
  share: number;
  faults: readonly [Fault, ...Fault[]];
  /** Of all methods without it. */
  methods?: readonly string[];
}

export interface Faults {
  /** The next calls of `method`, or of any method for `*`, go wrong in this way. */
  next(method: string, fault: Fault, times?: number): void;
  /** All calls go wrong until `clear`. */
  always(method: string, fault: Fault): void;
  /** The same seed and the same order of calls give the same faults. */
  random(random: RandomFaults): void;
  clear(): void;
  /** How often something has gone wrong. */
  happened(): number;
  /** What is to go wrong with this call. */
  take(method: string): Fault | undefined;
}

interface Scripted {
  method: string;
  fault: Fault;
  left: number;
}

/** The Bot API does not mind the case of a method. */
const isOf = (pattern: string, method: string): boolean =>
  pattern === '*' || pattern.toLowerCase() === method.toLowerCase();

export const createFaults = (): Faults => {
  let scripted: Scripted[] = [];
  let random: (RandomFaults & { chance: () => number }) | undefined;
  let happened = 0;

  const takeScripted = (method: string): Fault | undefined => {
    const found = scripted.find((entry) => isOf(entry.method, method));
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) scripted = scripted.filter((entry) => entry !== found);
    return found.fault;
  };

  const takeRandom = (method: string): Fault | undefined => {
    if (random === undefined) return undefined;
    const { chance, share, faults, methods } = random;
    if (methods !== undefined && !methods.some((one) => isOf(one, method))) return undefined;
    if (chance() >= share) return undefined;
    return faults[Math.floor(chance() * faults.length)];
  };

  return {
    next: (method, fault, times = 1) => {
      scripted.push({ method, fault, left: times });
    },
    always: (method, fault) => {
      scripted.push({ method, fault, left: Number.POSITIVE_INFINITY });
    },
    random: (chosen) => {
      random = { ...chosen, chance: generator(chosen.seed) };
    },
    clear: () => {
      scripted = [];
      random = undefined;
    },
    happened: () => happened,
    take: (method) => {
      const fault = takeScripted(method) ?? takeRandom(method);
      if (fault !== undefined) happened += 1;
      return fault;
    },
  };
};
