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
  16: 'SIGSTKFLT',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  26: 'SIGVTALRM',
  27: 'SIGPROF',
  29: 'SIGIO',
  30: 'SIGPWR',
  31: 'SIGSYS',
};

export const signalName = (signal: number): string => names[signal] ?? `signal ${signal}`;

/** By its name; null: it is not one of these. */
export const signalNumber = (name: string): number | null => {
  const found = Object.entries(names).find(([, one]) => one === name);
  return found ? Number(found[0]) : null;
};

/** Signals a program brings upon itself by a fault of its own; anybody may send them too. */
const crashes = new Set([4, 5, 6, 7, 8, 11, 31]);

export const isCrash = (signal: number): boolean => crashes.has(signal);

/** SIGXCPU and SIGXFSZ come from limits. */
const limits = new Set([24, 25]);

export const isLimit = (signal: number): boolean => limits.has(signal);

/** CHLD, CONT, STOP, TSTP, TTIN, TTOU, URG and WINCH: by default these end nobody. */
const harmless = new Set([17, 18, 19, 20, 21, 22, 23, 28]);

export const endsByDefault = (signal: number): boolean => !harmless.has(signal);

/** HUP, INT, QUIT, USR1, USR2 and TERM: those a program may take as a request to end. */
const requests = new Set([1, 2, 3, 10, 12, 15]);

export const isRequest = (signal: number): boolean => requests.has(signal);

/** INT, QUIT and TERM mean an end; the other requests may mean something else. */
export const meansEnd = (signal: number): boolean => signal === 2 || signal === 3 || signal === 15;
