import type { LabJob } from './run.ts';
import { labMatters } from './ways.ts';

/** As `jobsFor`, of what takes a whole machine. */
export const labJobs = (only: readonly string[], repeat: number): LabJob[] =>
  Object.entries(labMatters).flatMap(([matter, ways]) =>
    ways
      .filter(({ name }) => only.length === 0 || only.includes(name) || only.includes(matter))
      .flatMap((way) =>
        Array.from({ length: repeat }, (_, n) => ({ matter, way, label: `${way.name}/lab/${n}` })),
      ),
  );
