/** Signal numbers of Linux on x86 and ARM (signal(7)). */
const names: Record<number, string> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  31: 'SIGSYS',
};

export const signalName = (signal: number): string => names[signal] ?? `signal ${signal}`;

/** Signals a program brings upon itself by a fault of its own; anybody may send them too. */
const crashes = new Set([4, 5, 6, 7, 8, 11, 31]);

export const isCrash = (signal: number): boolean => crashes.has(signal);

/** SIGXCPU and SIGXFSZ come from limits. */
const limits = new Set([24, 25]);

export const isLimit = (signal: number): boolean => limits.has(signal);
