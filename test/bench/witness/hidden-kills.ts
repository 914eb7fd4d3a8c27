import { generator } from '../../e2e/random.ts';
import { tmuxOn } from '../../e2e/tmux.ts';
import { mainSocket } from '../fleet.ts';
import { listen } from '../heard.ts';
import type { Effort } from '../part.ts';
import type { Row } from '../row.ts';
import type { Stack } from '../stack.ts';
import {
  among,
  begin,
  endAll,
  type Killed,
  killOf,
  roundOf,
  type Scene,
  untilOver,
} from './round.ts';
import { withWitness } from './watched.ts';

/** The same order each time. */
const seed = 7;

const playRound = async (scene: Scene, i: number): Promise<Killed> => {
  const round = roundOf(i);
  const before = scene.heard.head();
  const pid = await begin(scene, round);
  await endAll(scene, round, pid);
  await untilOver(scene, round, before);
  return killOf(scene, round, before);
};

/** Incidents of anybody but those who were killed. */
const falseIncidents = ({ heard }: Scene, rounds: number): number => {
  const victims = new Set(Array.from({ length: rounds }, (_, i) => roundOf(i).victim));
  const mistaken = heard.every('session.died').filter(({ data }) => !victims.has(data.session));
  return new Set(mistaken.map(({ data }) => data.incident)).size;
};

const measure = async (stack: Stack, { quick, progress }: Effort): Promise<Row[]> => {
  const rounds = quick ? 2 : 100;
  const scene: Scene = { stack, heard: await listen(stack.client), random: generator(seed) };
  // Quicker to start than a shell that reads the files of its user.
  await tmuxOn(mainSocket(stack), 'set-option', '-g', 'default-shell', '/bin/sh');
  const kills: Killed[] = [];
  for (let i = 0; i < rounds; i += 1) {
    progress(`hidden kills: ${i * among} of ${rounds * among} benign ends`);
    kills.push(await playRound(scene, i));
  }
  const ends = `${(rounds * among).toLocaleString('en-GB')} benign ends`;
  const row = (what: string, measured: number, unit: Row['unit']): Row => ({
    ...{ what, budget: 0, measured, unit },
  });
  const found = kills.filter(({ isFound }) => isFound);
  const unnamed = found.filter(({ isNamed }) => !isNamed);
  return [
    row(`false incidents, ${ends}`, falseIncidents(scene, rounds), 'incidents'),
    row(`kills not found, of ${rounds} hidden among them`, rounds - found.length, 'kills'),
    row('kills found without the name of the killer', unnamed.length, 'kills'),
  ];
};

/** Ends that are nobody's fault, and a kill among each hundred of them. */
export const benchHiddenKills = (effort: Effort): Promise<Row[]> =>
  withWitness((stack) => measure(stack, effort));
