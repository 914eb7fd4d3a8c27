import { closeSync, fstatSync, openSync } from 'node:fs';
import t from 'tap';
import { isJournal } from '../../../agent/os/journal-stream.ts';

t.test('it is the journal only where the variable names this very stream', async (t) => {
  const fd = openSync('/dev/null', 'w');
  const { dev, ino } = fstatSync(fd);
  t.ok(isJournal(fd, { JOURNAL_STREAM: `${dev}:${ino}` }));
  t.notOk(isJournal(fd, { JOURNAL_STREAM: `${dev}:${ino + 1}` }), 'a child that was redirected');
  t.notOk(isJournal(fd, {}));
  closeSync(fd);
  t.notOk(isJournal(fd, { JOURNAL_STREAM: `${dev}:${ino}` }), 'a stream that is closed');
});
