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

const kindsOf = ({ server }: Way): ServerKind[] =>
  server === 'both' ? ['managed', 'adopted'] : [server];

const isChosen = (only: readonly string[], matter: string, { name }: Way): boolean =>
  only.length === 0 || only.includes(name) || only.includes(matter);

/** Names that are neither of a way nor of a matter. */
export const unknownNames = (
  matters: Readonly<Record<string, readonly Pick<Way, 'name'>[]>>,
  only: readonly string[],
): string[] => {
  const ways = Object.values(matters).flat();
  return only.filter((name) => !(name in matters) && !ways.some((way) => way.name === name));
};

/** What is to be run, so many times each; `only`: names of ways and of matters, empty for all. */
export const jobsFor = (
  matters: Readonly<Record<string, readonly Way[]>>,
  only: readonly string[],
  repeat: number,
): Job[] =>
  Object.entries(matters).flatMap(([matter, ways]) =>
    ways
      .filter((way) => isChosen(only, matter, way))
      .flatMap((way) => kindsOf(way).map((server) => ({ matter, way, server })))
      .flatMap((job) =>
        Array.from({ length: repeat }, (_, n) => ({
          ...job,
          label: `${job.way.name}/${job.server}/${n}`,
        })),
      ),
  );
