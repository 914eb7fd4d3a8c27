/**
 * Calls when so many ms have passed, and what came in that time was heard: a process that had to wait for its turn runs
 * its timers before it reads its sockets. @returns what ends the wait before
 */
export const giveUpAfter = (ms: number, giveUp: () => void): NodeJS.Timeout =>
  setTimeout(() => setImmediate(giveUp), ms);
