import type { ServerKind } from './ground/ground.ts';
import type { Way } from './way.ts';

/** One way on one kind of server, once. */
export interface Job {
  matter: string;
  way: Way;
  server: ServerKind;
  /** Unlike that of every other job. */
  label: string;
}

interface Named {
  name: string;
}

type Matters<W extends Named> = Readonly<Record<string, readonly W[]>>;

/** Names that are neither of a way nor of a matter. */
export const unknownNames = (matters: Matters<Named>, only: readonly string[]): string[] => {
  const ways = Object.values(matters).flat();
  return only.filter((name) => !(name in matters) && !ways.some((way) => way.name === name));
};

/** The ways that are wanted; `only`: names of ways and of matters, empty for all. */
export const chosenWays = <W extends Named>(
  matters: Matters<W>,
  only: readonly string[],
): { matter: string; way: W }[] =>
  Object.entries(matters).flatMap(([matter, ways]) =>
    ways
      .filter(({ name }) => only.length === 0 || only.includes(name) || only.includes(matter))
      .map((way) => ({ matter, way })),
  );

/** The same so many times, at that place: each with a label of its own. */
export const repeated = <T extends { way: Named }>(
  job: T,
  place: string,
  times: number,
): (T & { label: string })[] =>
  Array.from({ length: times }, (_, n) => ({ ...job, label: `${job.way.name}/${place}/${n}` }));

const kindsOf = ({ server }: Way): ServerKind[] =>
  server === 'both' ? ['managed', 'adopted'] : [server];

/** What is to be run, so many times each. */
export const jobsFor = (matters: Matters<Way>, only: readonly string[], repeat: number): Job[] =>
  chosenWays(matters, only)
    .flatMap(({ matter, way }) => kindsOf(way).map((server) => ({ matter, way, server })))
    .flatMap((job) => repeated(job, job.server, repeat));
