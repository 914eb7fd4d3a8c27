import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { isInGroup, nameOfUser } from '../../../../agent/observe/machine/accounts.ts';

const directory = mkdtempSync(join(tmpdir(), 'hf-accounts-'));
t.teardown(() => rmSync(directory, { recursive: true }));
const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

t.test('users by number', async (t) => {
  const path = file('passwd', 'root:x:0:0:root:/root:/bin/sh\n\nbroken\ndeploy:x:1000:1000::/:\n');
  t.equal(nameOfUser(0, path), 'root');
  t.equal(nameOfUser(1000, path), 'deploy');
  t.equal(nameOfUser(100, path), 'uid-100', 'not the beginning of another');
  t.equal(nameOfUser(1, join(directory, 'none')), 'uid-1');
});

t.test('members of groups', async (t) => {
  const path = file('group', 'empty:x:1:\nops:x:2:ann,bob\nops2:x:3:eve\n');
  t.ok(isInGroup('bob', 'ops', path));
  t.notOk(isInGroup('bo', 'ops', path));
  t.notOk(isInGroup('eve', 'ops', path));
  t.notOk(isInGroup('', 'empty', path), 'nobody is a member of an empty group');
  t.notOk(isInGroup('ann', 'none', path));
});
