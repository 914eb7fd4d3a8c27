import { readFileSync } from 'node:fs';

/**
 * A line nobody can know beforehand, to tell what a client prints from what others made it print. From the
 * kernel: to load node:crypto for it would cost the link memory.
 */
export const newMark = (): string => readFileSync('/proc/sys/kernel/random/uuid', 'utf8').trim();
