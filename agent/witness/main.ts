import { parseArgs } from 'node:util';
import { Failure, messageOf } from '../model/failure.ts';
import { createJournalLine } from '../os/journal-line.ts';
import { unavailableExit } from '../protocol/witness.ts';
import { startEmbedded } from './embedded.ts';
import { passedPipes, readNotes } from './passed-on.ts';
import { loadSystemCalls } from './system-calls.ts';
import { startWitness } from './witness.ts';

const usage = 'usage: holdfast-witness --socket FILE --state DIR [--notes FILE]';

const { values } = parseArgs({
  options: {
    socket: { type: 'string' },
    state: { type: 'string' },
    /** As a service: what was written down as the tracing was set up. Otherwise it is set up here. */
    notes: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help || !values.socket || !values.state) {
  console.error(usage);
  process.exit(values.help ? 0 : 64);
}

const log = createJournalLine(process.env, { component: 'witness' });
log.tellCrashes();

const sayTrouble = (text: string): void => {
  if (log.journal) log.say('error', text);
  else console.error(text);
};

const tracingOf = (notes: string | undefined) =>
  notes === undefined
    ? startEmbedded()
    : { pipes: passedPipes(process.env), ...readNotes(notes), release: () => undefined };

const { socket, state: directory, notes } = values;

try {
  const tracing = tracingOf(notes);
  const witness = await Promise.try(() =>
    startWitness({
      socket,
      socketMode: notes === undefined ? 0o600 : 0o660,
      directory,
      calls: loadSystemCalls(),
      onTrouble: (what, cause) => sayTrouble(`${what}: ${messageOf(cause)}`),
      ...tracing,
    }),
  ).catch((cause) => {
    tracing.release();
    throw cause;
  });
  let stopping = false;
  const stop = (status: number): void => {
    if (stopping) return;
    stopping = true;
    void witness
      .stop()
      .then(tracing.release)
      .finally(() => process.exit(status));
  };
  process.once('SIGTERM', () => stop(0));
  process.once('SIGINT', () => stop(0));
  // Under `holdfast up` the parent's end is ours: nothing is left behind.
  if (process.connected) process.once('disconnect', () => stop(0));
  // Whoever starts it again gives it its sight back.
  witness.reading.catch(() => stop(1));
  log.say('info', 'it sees who sends a signal');
  process.send?.({ ready: true });
} catch (cause) {
  sayTrouble(messageOf(cause));
  process.exit(cause instanceof Failure && cause.code === 'no-tracing' ? unavailableExit : 1);
}
