import { arch } from 'node:os';
import t from 'tap';
import { argumentSlots } from '../../../../../agent/witness/trace/parse/exec-arguments.ts';
import { definitions, probeKinds } from '../../../../../agent/witness/trace/probe/definitions.ts';
import { findLikelyKillers } from '../../../../../agent/witness/trace/probe/likely-killers.ts';

t.test('the best way first, and the one that slows everything down before the last', async (t) => {
  t.same(probeKinds, ['function', 'tracepoint', 'entries']);
});

for (const kind of probeKinds) {
  t.test(`definitions of kind ${kind}`, async (t) => {
    const lines = definitions[kind](`group/${kind}_ab`);
    for (const [i, line] of lines.entries()) {
      t.match(line, new RegExp(`^[pe]:group/${kind}_ab(_\\d+)? \\S+`));
      t.notMatch(line, /\n/, 'one definition is one line');
      for (let slot = 0; slot < argumentSlots; slot += 1) t.match(line, ` a${slot}=`);
      t.notMatch(line, ` a${argumentSlots}=`, 'as many as are read');
      t.equal(lines.indexOf(line), i, 'each once');
    }
  });
}

t.test('each likely killer has a probe at its first instruction', async (t) => {
  const places = definitions.entries('g/n').map((line) => line.split(' ')[1]);
  const expected = findLikelyKillers().map(({ file, entry }) => `${file}:0x${entry.toString(16)}`);
  t.same(places, expected);
});

t.test(
  'both calls that start a program are told of, by the argument that has its arguments',
  async (t) => {
    t.match(definitions.tracepoint('g/n'), [
      /^e:g\/n_0 syscalls\.sys_enter_execve .*\$argv/,
      /^e:g\/n_1 syscalls\.sys_enter_execveat .*\$argv/,
    ]);
    const lines = definitions.function('g/n');
    // The second argument of execve(2), the third of execveat(2): offsets in `struct pt_regs`.
    const places = arch() === 'arm64' ? ['+8(%x0)', '+16(%x0)'] : ['+104(%di)', '+96(%di)'];
    for (const [i, place] of places.entries())
      t.ok(lines[i]?.includes(`a0=+0(+u0(${place})):ustring`));
    t.match(lines, [/_sys_execve a0/, /_sys_execveat a0/]);
  },
);
