import { fs } from './builtins.ts';

export interface ProcessUse {
  /** Processor seconds since the process started. */
  cpuSeconds: number;
  rssBytes: number | null;
  anonBytes: number | null;
}

const readStatus = (): string => {
  try {
    return fs.readFileSync('/proc/self/status', 'utf8');
  } catch {
    return '';
  }
};

/** proc_pid_status(5) gives sizes as `VmRSS:     12345 kB`. */
const field = (status: string, name: string): number | null => {
  const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
};

/** What this process uses now; memory is null where /proc does not show it. */
export const processUse = (): ProcessUse => {
  const { user, system } = process.cpuUsage();
  const status = readStatus();
  return {
    cpuSeconds: (user + system) / 1e6,
    rssBytes: field(status, 'VmRSS'),
    anonBytes: field(status, 'RssAnon'),
  };
};
