import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { currentBootId, readNotes, type TracingNotes } from './passed-on.ts';
import { removeTracing, setUpTracing } from './trace/set-up.ts';

/**
 * Sets the kernel's tracing up, as root, before the witness starts; it may have been set up before, and holds what has
 * happened since. The names of probes are for the witness alone, by the group of the directory: who knows them could
 * forge arguments.
 */
const { values } = parseArgs({
  options: { notes: { type: 'string' }, remove: { type: 'boolean' } },
});

const prefix = 'holdfast';
const path = values.notes ?? '/run/holdfast/trace/notes.json';

/** Since when the kernel records, where it did before; ms since the epoch. */
const sinceBefore = (): number | null => {
  try {
    return readNotes(path).since;
  } catch {
    return null;
  }
};

const setUp = (): void => {
  const { probes } = setUpTracing(prefix);
  const notes: TracingNotes = {
    since: sinceBefore() ?? Date.now(),
    bootId: currentBootId(),
    probes,
  };
  writeFileSync(`${path}.new`, JSON.stringify(notes), { mode: 0o640 });
  renameSync(`${path}.new`, path);
};

const remove = (): void => {
  removeTracing(prefix);
  // Set up again, it records since then.
  rmSync(path, { force: true });
};

if (values.remove) remove();
else setUp();
