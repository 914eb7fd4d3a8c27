import { createAudit } from './audit.ts';
import { createCoreDumps } from './core-dumps.ts';
import { createJournal, runJournalctl } from './journal.ts';
import { createKernelLog } from './kernel-log.ts';
import { createLogind } from './logind.ts';
import { createLogins } from './logins.ts';
import { createOomd } from './oomd.ts';
import { createPackages } from './packages.ts';
import type { Source } from './source.ts';
import { createSystemdJobs } from './systemd-jobs.ts';

/**
 * Everything that is asked beside the kernel's tracing, best evidence first. Each is a file here.
 * @param others those that have to know the servers and their links
 */
export const createSources = (
  others: readonly Source[],
  journal = createJournal(runJournalctl),
): Source[] => [
  createAudit(journal),
  createKernelLog(journal),
  createOomd(journal),
  createSystemdJobs(journal),
  createLogind(journal),
  createCoreDumps(journal),
  createPackages(),
  createLogins(),
  ...others,
];
