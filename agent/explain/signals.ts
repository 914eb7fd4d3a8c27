/** Signal numbers of Linux on x86 and ARM (signal(7)). */
const numbers = {
  ...{ SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8 },
  ...{ SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15 },
  ...{ SIGSTKFLT: 16, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGIO: 29 },
  ...{ SIGPWR: 30, SIGSYS: 31 },
} as const;

/** Those that mean something by themselves. */
export const { SIGHUP, SIGINT, SIGQUIT, SIGBUS, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2 } = numbers;
export const { SIGPIPE, SIGALRM, SIGTERM, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGSYS } = numbers;

const byName = new Map<string, number>(Object.entries(numbers));
const names = new Map([...byName].map(([name, number]) => [number, name]));

export const signalName = (signal: number): string => names.get(signal) ?? `signal ${signal}`;

/** A signal as verdicts have it. */
export const namedSignal = (number: number): { name: string; number: number } => ({
  name: signalName(number),
  number,
});

/** By its name; null: it is not one of these. */
export const signalNumber = (name: string): number | null => byName.get(name) ?? null;

/** The signal that a shell hands on as its status, of its last program; null: the status is none of those. */
export const handedOn = (status: number | null): number | null =>
  status !== null && status > 128 ? status - 128 : null;

/** Signals a program brings upon itself by a fault of its own; anybody may send them too. */
const crashes = new Set<number>([
  ...[numbers.SIGILL, numbers.SIGTRAP, numbers.SIGABRT, numbers.SIGFPE],
  ...[SIGBUS, SIGSEGV, SIGSYS],
]);

export const isCrash = (signal: number): boolean => crashes.has(signal);

/** Those that come from limits alone. */
export const isLimit = (signal: number): boolean => signal === SIGXCPU || signal === SIGXFSZ;

/** CHLD, CONT, STOP, TSTP, TTIN, TTOU, URG and WINCH: by default these end nobody. */
const harmless = new Set([17, 18, 19, 20, 21, 22, 23, 28]);

export const endsByDefault = (signal: number): boolean => !harmless.has(signal);

/** Those a program may take as a request to end. */
const requests = new Set<number>([SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGTERM]);

export const isRequest = (signal: number): boolean => requests.has(signal);

/** These mean an end; the other requests may mean something else. */
export const meansEnd = (signal: number): boolean =>
  signal === SIGINT || signal === SIGQUIT || signal === SIGTERM;
