import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemctl } from '../../../agent/os/systemctl.ts';

const programOf = (t: { testdir(): string }, script: string): string => {
  const program = join(t.testdir(), 'systemctl');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return program;
};

t.test('what it prints is the answer', async (t) => {
  t.equal(await systemctl(['show', 'a b'], 10_000, programOf(t, 'printf "%s;" "$@"')), 'show;a b;');
});

t.test('what it cannot do is said in its own words', async (t) => {
  const program = programOf(t, 'echo " Access denied " >&2; exit 4');
  await t.rejects(systemctl(['start'], 10_000, program), {
    message: 'Access denied',
    isLate: false,
  });
});

t.test('one that says nothing has failed all the same', async (t) => {
  await t.rejects(systemctl(['start'], 10_000, programOf(t, 'exit 4')), {
    message: /^Command failed/,
  });
});

t.test('where there is none, that is said', async (t) => {
  const missing = join(t.testdir(), 'none');
  await t.rejects(systemctl(['start'], 10_000, missing), { message: 'systemctl is not installed' });
});

t.test('one that hangs is ended', async (t) => {
  const late = systemctl(['start'], 200, programOf(t, 'exec sleep 60'));
  await t.rejects(late, { message: /^Command failed/, isLate: true });
});
