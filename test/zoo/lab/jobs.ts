import { chosenWays, repeated } from '../jobs.ts';
import type { LabJob } from './run-way.ts';
import { labMatters } from './ways.ts';

/** As `jobsFor`, of what takes a whole machine. */
export const labJobs = (only: readonly string[], repeat: number): LabJob[] =>
  chosenWays(labMatters, only).flatMap((job) => repeated(job, 'lab', repeat));
