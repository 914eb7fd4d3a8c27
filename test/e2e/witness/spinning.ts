import { loadSystemCalls } from '../../../agent/witness/system-calls.ts';

/** A witness that has gone mad: with real-time priority, and without a pause. */
const isRealTime = loadSystemCalls().becomeRealTime(Number(process.argv[2]));
process.send?.({ isRealTime }, () => {
  if (!isRealTime) process.exit(0);
  for (;;);
});
