import { join } from 'node:path';
import { textOf } from './text-of.ts';

export const resources = ['cpu', 'memory', 'io'] as const;

/**
 * Percent of the last 10 s in which some task waited for the resource; null where the kernel does not say
 * (Documentation/accounting/psi.rst).
 */
export const someAvg10 = (
  resource: (typeof resources)[number],
  directory = '/proc/pressure',
): number | null => {
  const match = /^some avg10=([\d.]+)/.exec(textOf(join(directory, resource)) ?? '');
  return match ? Number(match[1]) : null;
};
