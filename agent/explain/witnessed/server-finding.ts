import type { WitnessedSignal } from '../../model/witnessed.ts';
import { slackMs } from '../clock-slack.ts';
import { isProcess } from '../process.ts';
import {
  endsByDefault,
  SIGHUP,
  SIGINT,
  SIGKILL,
  SIGPIPE,
  SIGQUIT,
  SIGTERM,
  SIGUSR1,
  SIGUSR2,
} from '../signals.ts';
import type { Finding } from './finding.ts';
import { natureOf } from './nature.ts';
import type { Told } from './told.ts';

/** A server that was told to end waits for its clients. ms */
const endsWithinMs = 10_000;

/** The first make it say goodbye; of the others it takes no notice. */
const farewells = new Set<number>([SIGINT, SIGTERM]);
const survived = new Set<number>([SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE]);

const isEnding = (event: WitnessedSignal, told: Told): boolean => {
  const { signal, caught, result } = event;
  if (result !== 'delivered' || !endsByDefault(signal)) return false;
  if (signal === SIGKILL || farewells.has(signal)) return true;
  if (natureOf(event, told) === 'crash') return true;
  return !survived.has(signal) && caught !== true;
};

/** A server ends once: whatever is meant for it later is meant for nobody. */
const whenGone = ({ serverEnd, deaths }: Told): { from: number; until: number } => {
  const found = deaths.map((death) => death.found);
  const seen = deaths.map((death) => death.lastSeen);
  if (!serverEnd) {
    const until = Math.min(...found);
    return { from: Math.min(...seen), until };
  }
  const until = Math.max(serverEnd.at, ...found) + slackMs;
  return { from: Math.min(serverEnd.at - endsWithinMs, ...seen), until };
};

/** Whether it fits how the server went: with a goodbye, or without one. */
const fits = ({ signal }: WitnessedSignal, { serverEnd }: Told): boolean =>
  !serverEnd ||
  serverEnd.how === 'unknown' ||
  farewells.has(signal) === (serverEnd.how === 'exited');

/** Signals to the server that end one, in order. */
const serverSignals = (told: Told): WitnessedSignal[] => {
  const { instance } = told.server;
  const { from, until } = whenGone(told);
  return told.testimony.signals.filter(
    (event) =>
      instance != null &&
      isProcess(event.victim, instance) &&
      event.at >= from &&
      event.at <= until &&
      isEnding(event, told),
  );
};

/** What the kernel says of the end of the server; null: nothing. */
export const serverFinding = (told: Told): Finding | null => {
  const all = serverSignals(told);
  const signal = all.find((event) => fits(event, told)) ?? all[0];
  if (!signal) return null;
  const nature = natureOf(signal, told);
  const certain = nature !== 'parent' && fits(signal, told);
  return { death: null, signal, nature, way: 'direct', certain };
};
