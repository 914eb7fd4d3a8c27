import { createHash } from 'node:crypto';
import type { Config } from './config.ts';

const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** SHA-256 of the effective configuration, hex. The order of keys, comments and units do not count. */
export const hashConfig = (config: Config): string =>
  createHash('sha256').update(JSON.stringify(config, sorted)).digest('hex');
